"""A linear model over counted features: TF-IDF and one logistic regression per intent, as plain arrays.

scikit-learn trains it; predicting is a sum over the few rows of the features that a message has, without scikit-learn's
per-call checks (0.05 ms instead of about 1 ms).
"""

import json
from dataclasses import dataclass
from math import log, sqrt
from pathlib import Path
from typing import Dict, List, Mapping, Sequence, Tuple

import numpy as np


@dataclass
class LinearModel:
    """Weights per feature (row) and intent (column)."""

    vocabulary: Dict[str, int]
    idf: np.ndarray
    weights: np.ndarray
    bias: np.ndarray
    intents: List[str]

    def rank(self, counts: Mapping[str, int]) -> List[Tuple[str, float]]:
        """Return the intents with their probabilities, likeliest first; empty when no feature is known."""
        rows, values = self._weigh(counts)
        if not rows:
            return []
        scores = np.asarray(values, dtype=np.float32) @ self.weights[rows] + self.bias
        chances = 1.0 / (1.0 + np.exp(-scores))
        chances /= chances.sum()
        return [(self.intents[index], float(chances[index])) for index in np.argsort(-chances, kind="stable")]

    def _weigh(self, counts: Mapping[str, int]) -> Tuple[List[int], List[float]]:
        rows, values = _tfidf(counts, self.vocabulary, self.idf)
        return rows, values

    def save(self, folder: Path) -> None:
        """Write the model into an existing folder."""
        np.savez(folder / "weights.npz", idf=self.idf, weights=self.weights, bias=self.bias)
        words = {"intents": self.intents, "features": list(self.vocabulary)}
        (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "LinearModel":
        """Read the model from the folder it was saved into."""
        words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz") as arrays:
            idf, weights, bias = arrays["idf"], arrays["weights"], arrays["bias"]
        return cls(
            {feature: row for row, feature in enumerate(words["features"])}, idf, weights, bias, words["intents"]
        )


def _tfidf(counts: Mapping[str, int], vocabulary: Mapping[str, int], idf: np.ndarray) -> Tuple[List[int], List[float]]:
    """Return rows and sublinear TF-IDF values of the known features, to length one."""
    rows, values = [], []
    for feature, count in counts.items():
        row = vocabulary.get(feature)
        if row is not None:
            rows.append(row)
            values.append((1.0 + log(count)) * float(idf[row]))
    length = sqrt(sum(value * value for value in values)) or 1.0
    return rows, [value / length for value in values]


def train(examples: Sequence[Mapping[str, int]], labels: Sequence[str], strength: float) -> LinearModel:
    """Train on the counted features of the examples; ``strength`` is C, large for weak regularisation.

    Raises:
        ValueError: there are fewer than two different labels.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    intents = sorted(set(labels))
    if len(intents) < 2:
        raise ValueError("the classifier needs examples of at least two intents")
    held_by: Dict[str, int] = {}
    for counts in examples:
        for feature in counts:
            held_by[feature] = held_by.get(feature, 0) + 1
    vocabulary = {feature: row for row, feature in enumerate(sorted(held_by))}
    idf = np.array([log((1 + len(examples)) / (1 + held_by[feature])) + 1 for feature in vocabulary], dtype=np.float32)
    columns: List[int] = []
    values: List[float] = []
    ends = [0]
    for counts in examples:
        rows, weighed = _tfidf(counts, vocabulary, idf)
        columns += rows
        values += weighed
        ends.append(len(columns))
    matrix = csr_matrix((values, columns, ends), shape=(len(examples), len(vocabulary)))
    trained = LogisticRegression(C=strength, solver="liblinear", multi_class="ovr", random_state=0)
    trained.fit(matrix, labels)
    weights = np.ascontiguousarray(trained.coef_.T, dtype=np.float32)
    bias = trained.intercept_.astype(np.float32)
    if len(intents) == 2:  # scikit-learn keeps one column for two classes
        weights, bias = np.hstack([-weights, weights]), np.hstack([-bias, bias])
    return LinearModel(vocabulary, idf, np.ascontiguousarray(weights), bias, intents)

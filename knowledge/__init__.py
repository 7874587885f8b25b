"""What the city is and knows, as data files that non-programmers edit."""

from knowledge.loader import load_city
from knowledge.places import City, Department, District, Leader, Office
from knowledge.validator import validate

__all__ = ["City", "Department", "District", "Leader", "Office", "load_city", "validate"]

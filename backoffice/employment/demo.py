"""The demo city's vacancies and labour-market figures; employers and figures are fictional."""

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from backoffice.employment.tables import SCHOOLING, MarketFigureRow, OccupationRow, VacancyRow
from knowledge import City

Values = dict[str, Any]

DATA = Path(__file__).parent / "data"
OPEN, CLOSED = 5, 1  # vacancies of each occupation in each district, at least
QUARTERS = 12
SOURCE = "安澜市人力资源市场供求分析（演示数据）"
REMARKS = ("", "", "（有经验优先）", "（急招）")
DESK_REMARKS = (*REMARKS, "（双休）")
HAND_REMARKS = (*REMARKS, "（长白班）", "（包吃住）", "（可以学徒）")
DESK = frozenset({"design", "it", "media", "school", "health", "finance", "office"})
WORDS = (
    *("恒远", "嘉禾", "博瑞", "汇通", "永信", "宏达", "天成", "瑞丰", "和顺", "启明"),
    *("安泰", "德润", "海川", "金石", "万邦", "佳和", "新桥", "长青", "正源", "立群"),
)
EMPLOYERS = {
    "building": "建筑工程有限公司 安装工程有限公司 装饰工程有限公司",
    "design": "设计有限公司 建筑设计院 装饰设计工作室",
    "it": "软件有限公司 信息技术有限公司 网络科技有限公司",
    "media": "文化传媒有限公司 电子商务有限公司",
    "school": "学校 外国语学校 教育培训中心",
    "health": "医院 门诊部 健康管理中心",
    "home": "家政服务有限公司 养老服务中心 母婴护理中心",
    "property": "物业服务有限公司 安保服务有限公司",
    "food": "餐饮有限公司 酒楼 食品有限公司",
    "hotel": "酒店 宾馆 旅行社",
    "logistics": "物流有限公司 速运有限公司 仓储有限公司",
    "transport": "运输有限公司 出行服务有限公司",
    "finance": "商贸有限公司 财务咨询有限公司 实业有限公司",
    "office": "实业有限公司 咨询有限公司 贸易有限公司",
    "shop": "商贸有限公司 超市 贸易有限公司",
    "beauty": "美业服务有限公司 健身中心",
    "factory": "机械制造有限公司 电子有限公司 服装有限公司",
    "auto": "汽车服务有限公司 汽车维修厂",
    "farm": "生态农业有限公司 农业合作社",
}


@dataclass(frozen=True)
class Trade:
    """An occupation as the demo plans it: range of pay, levels of schooling from low to high, and its market."""

    id: int
    name: str
    en: str
    aliases: list[str]
    sector: str
    pay_low: int
    pay_high: int
    schooling: list[str]
    applicants: int
    ratio: Decimal
    trend: int  # change of vacancies in a year, in percent


def trades() -> list[Trade]:
    """Return the occupations of the data file."""
    with (DATA / "occupations.csv").open(encoding="utf-8", newline="") as file:
        return [
            Trade(
                number,
                row["name"],
                row["en"],
                row["aliases"].split("、"),
                row["sector"],
                int(row["pay_low"]),
                int(row["pay_high"]),
                row["schooling"].split("、"),
                int(row["applicants"]),
                Decimal(row["ratio"]),
                int(row["trend"]),
            )
            for number, row in enumerate(csv.DictReader(file), 1)
        ]


def build(session: Session, rng: random.Random, today: date, city: City) -> None:
    """Add occupations, their vacancies in every district and twelve quarters of figures."""
    known = trades()
    districts = [district.name for district in city.districts]
    session.execute(
        insert(OccupationRow), [{"id": one.id, "name": one.name, "en": one.en, "aliases": one.aliases} for one in known]
    )
    vacancies = [
        {"id": number, "number": f"Z{today:%Y}{number:06d}", **vacancy}
        for number, vacancy in enumerate(_vacancies(rng, today, known, districts), 1)
    ]
    session.execute(insert(VacancyRow), vacancies)
    session.execute(insert(MarketFigureRow), [row for trade in known for row in _figures(rng, today, trade)])


def _vacancies(rng: random.Random, today: date, known: list[Trade], districts: list[str]) -> Iterator[Values]:
    for trade in known:
        for district in districts:
            still_open = OPEN + rng.randrange(2)
            for place in range(still_open):
                yield vacancy(rng, today, trade, district, place / (still_open - 1), True)
            for _ in range(CLOSED if rng.random() < 0.4 else 0):
                yield vacancy(rng, today, trade, district, rng.random(), False)


def vacancy(rng: random.Random, today: date, trade: Trade, district: str, rank: float, is_open: bool) -> Values:
    """Make a vacancy; ``rank`` from 0 to 1 places it between the lowest and the highest pay and schooling."""
    span = trade.pay_high - trade.pay_low
    middle = trade.pay_low + span * (0.08 + 0.8 * rank) + rng.uniform(-0.02, 0.02) * span
    low = max(trade.pay_low, round((middle - 0.1 * span) / 100) * 100)
    high = min(trade.pay_high, max(low + 300, round((middle + 0.12 * span) / 100) * 100))
    schooling = trade.schooling[min(int(rank * len(trade.schooling)), len(trade.schooling) - 1)]
    days = rng.randrange(60, 121) if is_open else -rng.randrange(1, 60)
    ends = today + timedelta(days=days)
    return {
        "occupation_id": trade.id,
        "title": trade.name + rng.choice(DESK_REMARKS if trade.sector in DESK else HAND_REMARKS),
        "employer": f"安澜{rng.choice(WORDS)}{rng.choice(EMPLOYERS[trade.sector].split())}",
        "district": district,
        "salary_min": Decimal(low),
        "salary_max": Decimal(high),
        "schooling": schooling,
        "places": rng.choice((1, 1, 1, 2, 2, 3, 5, 8)),
        "published": min(today, ends - timedelta(days=60)) - timedelta(days=rng.randrange(1, 40)),
        "open_until": ends,
        "phone": f"0900-555{rng.randrange(3000, 9000)}",
    }


def quarters(today: date) -> list[tuple[str, date]]:
    """Return the newest twelve published quarters, oldest first, each with the day of publication.

    A quarter's figures are published on the 15th of the month that follows it.
    """
    found: list[tuple[str, date]] = []
    year, quarter = today.year, (today.month - 1) // 3 + 1
    while len(found) < QUARTERS:
        published = date(year + quarter // 4, quarter % 4 * 3 + 1, 15)
        if published <= today:
            found.append((f"{year}Q{quarter}", published))
        year, quarter = (year, quarter - 1) if quarter > 1 else (year - 1, 4)
    return found[::-1]


def _figures(rng: random.Random, today: date, trade: Trade) -> Iterator[Values]:
    newest = trade.applicants * float(trade.ratio)
    wage = trade.pay_low + (trade.pay_high - trade.pay_low) * 0.4
    for back, (quarter, published) in zip(range(QUARTERS - 1, -1, -1), quarters(today), strict=True):
        years = back / 4
        vacancies = newest * (1 + trade.trend / 100) ** -years * rng.uniform(0.985, 1.015)
        yield {
            "occupation_id": trade.id,
            "quarter": quarter,
            "vacancies": round(vacancies),
            "applicants": round(trade.applicants * rng.uniform(0.97, 1.03)),
            "median_wage": Decimal(round(wage * (1.03 + trade.trend / 500) ** -years * rng.uniform(0.995, 1.005))),
            "source": SOURCE,
            "published": published,
        }


def cases(session: Session, today: date) -> dict[str, Any]:
    """Return what docs/demo.md tells of, as it stands in the database."""
    up_to_vocational = SCHOOLING[: SCHOOLING.index("vocational") + 1]
    up_to_bachelor = SCHOOLING[: SCHOOLING.index("bachelor") + 1]
    return {
        "electricians": {
            "anywhere": _open(session, today, "电工"),
            "Donghu": _open(session, today, "电工", "东湖区"),
            "Nangang": _open(session, today, "电工", "南港区"),
            "Nangang from 7000": _open(session, today, "电工", "南港区", 7000),
            "anywhere from 7000": _open(session, today, "电工", None, 7000),
        },
        "electricians in Nangang from 7000, vocational school": _open(
            session, today, "电工", "南港区", 7000, up_to_vocational
        ),
        "English teachers in Nangang from 12000, bachelor": _open(
            session, today, "英语教师", "南港区", 12000, up_to_bachelor
        ),
        "occupations": session.scalar(select(func.count()).select_from(OccupationRow)),
        "vacancies": session.scalar(select(func.count()).select_from(VacancyRow)),
        "newest_quarter": session.scalar(select(func.max(MarketFigureRow.quarter))),
        "market": _newest_figure(session, "电工"),
    }


def _open(
    session: Session,
    today: date,
    occupation: str,
    district: str | None = None,
    pay: int = 0,
    schooling: Sequence[str] = SCHOOLING,
) -> int:
    row = VacancyRow
    found = select(func.count()).select_from(row).join(OccupationRow, OccupationRow.id == row.occupation_id)
    conditions = [OccupationRow.name == occupation, row.open_until >= today, row.salary_max >= Decimal(pay)]
    if district is not None:
        conditions.append(row.district == district)
    return session.scalar(found.where(*conditions, row.schooling.in_(schooling))) or 0


def _newest_figure(session: Session, occupation: str) -> dict[str, Any]:
    row = MarketFigureRow
    found = select(row).join(OccupationRow, OccupationRow.id == row.occupation_id)
    newest = found.where(OccupationRow.name == occupation).order_by(row.quarter.desc()).limit(1)
    figure = session.scalars(newest).one()
    return {
        "occupation": occupation,
        "vacancies": figure.vacancies,
        "applicants": figure.applicants,
        "median_wage": str(figure.median_wage),
    }

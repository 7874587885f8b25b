"""Small stand-ins for the records, with the signatures of the real services."""

import sys
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import ModuleType, SimpleNamespace
from typing import Any

from actions._services import Services
from backoffice.clock import CITY_ZONE
from backoffice.errors import NotAllowed
from knowledge import load_city
from tests.actions.chat import ROOT

D = Decimal
CITY = load_city(ROOT / "knowledge" / "city")
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)


@dataclass(frozen=True)
class VacancyQuery:
    occupation: str | None
    district: str | None
    salary_min: Decimal | None
    schooling: str | None


@dataclass(frozen=True)
class BillCase:
    amount: Decimal
    insurance_type: str
    hospital_level: int
    patient_kind: str
    retired: bool
    self_paid: Decimal


for name, members in (
    ("employment", {"VacancyQuery": VacancyQuery}),
    ("medical", {"BillCase": BillCase}),
):
    try:
        __import__(f"backoffice.{name}.service")
    except ImportError:
        module = ModuleType(f"backoffice.{name}.service")
        module.__dict__.update(members)
        sys.modules[f"backoffice.{name}"] = ModuleType(f"backoffice.{name}")
        sys.modules[f"backoffice.{name}.service"] = module

RANK = {"none": 0, "junior": 1, "secondary": 2, "vocational": 2, "college": 3, "bachelor": 4, "master": 5, "doctor": 6}


def vacancy(number: int, occupation: str, district: str, low: int, high: int, schooling: str) -> Any:
    return SimpleNamespace(
        number=f"V{number:05d}",
        occupation=occupation,
        title=f"{occupation}岗{number}",
        employer=f"安澜测试{number}公司",
        district=district,
        salary_min=D(low),
        salary_max=D(high),
        schooling=schooling,
        places=2,
        open_until=date(2026, 12, 31),
        phone="0900-5550999",
    )


VACANCIES = [
    vacancy(1, "电工", "东湖区", 5000, 6500, "junior"),
    vacancy(2, "电工", "东湖区", 6000, 8000, "vocational"),
    *(
        vacancy(n, "电工", "南港区", 5000 + 200 * n, 6000 + 300 * n, "vocational" if n % 2 else "college")
        for n in range(3, 13)
    ),
    vacancy(20, "电工", "西岭区", 8000, 9500, "secondary"),
    vacancy(30, "英语教师", "东湖区", 8000, 10000, "bachelor"),
    vacancy(31, "英语教师", "南港区", 9000, 13000, "bachelor"),
    vacancy(32, "英语教师", "南港区", 7000, 9000, "master"),
    vacancy(40, "保安", "青禾县", 3000, 3500, "none"),
]


class Employment:
    def search(self, query: Any, offset: int = 0, limit: int = 5) -> Any:
        found = [one for one in VACANCIES if self._fits(one, query)]
        return SimpleNamespace(total=len(found), vacancies=found[offset : offset + limit])

    @staticmethod
    def _fits(one: Any, query: Any) -> bool:
        return (
            query.occupation in (None, one.occupation)
            and query.district in (None, one.district)
            and (query.salary_min is None or one.salary_max >= query.salary_min)
            and (query.schooling is None or RANK[one.schooling] <= RANK[query.schooling])
        )

    def relaxed(self, query: Any) -> list[Any]:
        found = []
        for name in ("occupation", "district", "salary_min", "schooling"):
            if getattr(query, name) is not None:
                total = self.search(VacancyQuery(**{**query.__dict__, name: None})).total
                if total:
                    found.append(SimpleNamespace(condition=name, total=total))
        return found

    def market(self, occupation: str | None, quarters: int = 8) -> list[Any]:
        return [
            SimpleNamespace(
                quarter=quarter,
                occupation=name,
                vacancies=200,
                applicants=100,
                ratio=D("2.00"),
                median_wage=D(6000 + 100 * place),
                source="安澜市人力资源市场供求分析",
                published=date(2026, 10, 15),
            )
            for place, quarter in enumerate(("2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3"))
            for name in ("电工", "英语教师")
            if occupation in (None, name)
        ]

    def guidance(self, occupation: str | None) -> Any:
        figures = self.market(None)
        return SimpleNamespace(best=figures[-2:], rising=figures[-2:-1], falling=[])

    def occupations(self) -> list[Any]:
        names = (("电工", "electrician"), ("英语教师", "English teacher"), ("保安", "security guard"))
        return [SimpleNamespace(name=zh, en=en, aliases=()) for zh, en in names]


def entry(day: date, kind: str, place: str, amount: str, after: str) -> Any:
    return SimpleNamespace(day=day, kind=kind, place=place, amount=D(amount), balance_after=D(after))


@dataclass
class Medical:
    asked: list[Any] = field(default_factory=list)

    def _own(self, resident_id: int, asker: Any) -> None:
        self.asked.append(asker)
        if asker.resident_id != resident_id:
            raise NotAllowed("not_yours")

    def account(self, resident_id: int, asker: Any) -> Any:
        self._own(resident_id, asker)
        return SimpleNamespace(balance=D("3182.45"), as_of=date(2026, 11, 20), insurance_type="employee", retired=True)

    def transactions(self, resident_id: int, start: date, end: date, asker: Any) -> list[Any]:
        self._own(resident_id, asker)
        entries = [
            entry(date(2026, 10, 8), "pharmacy", "康宁大药房", "-58.50", "3241.00"),
            entry(date(2026, 10, 20), "deduction", "安澜市第一人民医院", "-120.00", "3121.00"),
        ]
        return [one for one in entries if start <= one.day <= end]

    def last_transaction_day(self, resident_id: int, asker: Any) -> date:
        self._own(resident_id, asker)
        return date(2026, 10, 20)

    def pooled_fund(self, insurance_type: str, months: int = 12) -> list[Any]:
        return [
            SimpleNamespace(
                month=date(2026, number, 1),
                income=D(9 * 10**7),
                spending=D(8 * 10**7),
                balance=D(10**9 + number * 10**7),
                source="基金公告",
            )
            for number in range(1, 11)
        ]

    def estimate(self, case: Any) -> Any:
        eligible = case.amount - case.self_paid
        start = D({1: 300, 2: 600, 3: 1000}[case.hospital_level])
        ratio = D({1: "0.92", 2: "0.88", 3: "0.82"}[case.hospital_level]) + (D("0.05") if case.retired else 0)
        reimbursed = max((eligible - start) * ratio, D(0)).quantize(D("0.01"))
        return SimpleNamespace(
            case=case,
            reimbursed=reimbursed,
            own_share=case.amount - reimbursed,
            steps=[
                SimpleNamespace(label_key="reimbursed", formula=f"({eligible} - {start}) × {ratio}", amount=reimbursed)
            ],
            rule=SimpleNamespace(
                title="安澜市医疗保险办法", number="安政发〔2025〕1号", article="第十二条", valid_from=date(2025, 1, 1)
            ),
        )

    HOSPITALS = (
        ("安澜市第一人民医院", "Anlan First People's Hospital", 3, "东湖区", True),
        ("南港区人民医院", "Nangang People's Hospital", 2, "南港区", True),
        ("南港港前街社区卫生服务中心", "Gangqian Health Centre", 1, "南港区", True),
        ("安澜美仁医院", "Anlan Meiren Hospital", 2, "西岭区", False),
    )

    def hospitals(self, district: Any = None, designated: Any = None, level: Any = None, limit: int = 50) -> list[Any]:
        found = [
            SimpleNamespace(
                name=name,
                en=en,
                level=rank,
                address=f"{place}测试路1号",
                district=place,
                phone="0900-5550888",
                departments=["内科", "外科"],
                designated=own,
            )
            for name, en, rank, place, own in self.HOSPITALS
        ]
        return [
            one
            for one in found
            if district in (None, one.district) and designated in (None, one.designated) and level in (None, one.level)
        ][:limit]

    def hospital(self, name: str) -> Any:
        return next((one for one in self.hospitals() if one.name == name), None)

    def doctors(self, name: str, hospital: str | None = None) -> list[Any]:
        doctors = [
            SimpleNamespace(
                name=who,
                licence_number="110990100000001",
                title="主治医师",
                hospital=where,
                department="内科",
                valid_until=until,
                status=status,
            )
            for who, where, until, status in (
                ("王建国", "安澜市第一人民医院", date(2028, 1, 1), "valid"),
                ("王建国", "南港区人民医院", date(2027, 1, 1), "valid"),
                ("李明", "安澜美仁医院", date(2025, 1, 1), "expired"),
                ("赵强", "安澜美仁医院", date(2028, 1, 1), "revoked"),
            )
        ]
        return [one for one in doctors if one.name == name and hospital in (None, one.hospital)]

    def drug(self, name: str) -> Any:
        if name != "二甲双胍":
            return None
        return SimpleNamespace(
            generic_name=name,
            en="metformin",
            ingredients="盐酸二甲双胍",
            effect="用于2型糖尿病",
            trial_summary="随机对照试验",
            usage="随餐服用",
            reimbursement_class="乙",
            self_share=D("0.10"),
            source="国家医保目录",
        )


@dataclass
class Identity:
    bound: dict[str, Any] = field(default_factory=dict)
    links: int = 0

    def resident_for(self, conversation_id: str) -> Any:
        return self.bound.get(conversation_id)

    def make_link(self, conversation_id: str) -> str:
        self.links += 1
        return f"token-{self.links}"

    def sign_out_conversation(self, conversation_id: str) -> None:
        self.bound.pop(conversation_id, None)


def services() -> Services:
    backoffice: Any = SimpleNamespace(
        clock=lambda: NOW,
        city=CITY,
        identity=Identity(),
        medical=Medical(),
        employment=Employment(),
    )
    return Services(backoffice, "http://localhost:8080")


RESIDENT = SimpleNamespace(id=7, name="周秀兰", district="东湖区")

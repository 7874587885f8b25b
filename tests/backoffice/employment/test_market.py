"""Published figures and what they say about where work is."""

from datetime import date
from decimal import Decimal

from backoffice.employment.service import MarketFigure, Occupation
from backoffice.employment.tables import OccupationRow
from tests.backoffice.employment.conftest import Market, figure


def test_the_newest_published_quarters_oldest_first(market: Market) -> None:
    market.add(
        figure(1, "2026Q3", 150, 120),
        figure(1, "2025Q4", 100, 120, published=date(2026, 1, 15)),
        figure(1, "2026Q2", 140, 120, published=date(2026, 7, 15)),
        figure(1, "2026Q4", 999, 1, published=date(2027, 1, 15)),
        figure(2, "2026Q3", 10, 30),
    )
    assert [(one.quarter, one.occupation) for one in market.service.market("电工")] == [
        ("2025Q4", "电工"),
        ("2026Q2", "电工"),
        ("2026Q3", "电工"),
    ]
    assert [(one.quarter, one.occupation) for one in market.service.market(None, 1)] == [
        ("2026Q3", "电工"),
        ("2026Q3", "厨师"),
    ]
    [newest] = market.service.market("电工", 1)
    assert newest == MarketFigure(
        quarter="2026Q3",
        occupation="电工",
        vacancies=150,
        applicants=120,
        ratio=Decimal("1.25"),
        median_wage=Decimal("6000.00"),
        source="供求分析",
        published=date(2026, 10, 15),
    )
    assert market.service.market("会计") == []
    market.now = market.now.replace(year=2027)
    assert market.service.market("电工", 1)[0].quarter == "2026Q4"


def test_figures_show_on_the_day_they_are_published(market: Market) -> None:
    market.add(figure(1, "2026Q3", 1, 3, published=date(2026, 11, 23)))
    assert [one.ratio for one in market.service.market("电工")] == [Decimal("0.33")]
    market.now = market.now.replace(day=22)
    assert market.service.market("电工") == []


def test_guidance_from_known_figures(market: Market) -> None:
    market.add(*(OccupationRow(id=number, name=f"职业{number}") for number in range(4, 10)))
    market.add(
        # occupation, a year ago, now, applicants now
        *(
            figure(occupation, quarter, vacancies, applicants)
            for occupation, before, now, applicants in (
                (1, 100, 120, 100),  # +20 %, ratio 1.20
                (2, 100, 105, 50),  # +5 %: just rising, ratio 2.10
                (3, 100, 104, 400),  # +4 %: neither
                (4, 100, 95, 100),  # -5 %: just falling
                (5, 100, 50, 100),  # -50 %
                (6, 100, 96, 100),
                (7, 0, 10, 100),  # nothing to compare with
            )
            for quarter, vacancies in (("2025Q3", before), ("2026Q2", 1), ("2026Q3", now))
        ),
        figure(8, "2026Q3", 30, 10),  # new: ratio 3.00, no year before
        *(figure(1, quarter, 5, 1) for quarter in ("2025Q4", "2026Q1")),
        figure(1, "2026Q4", 9000, 1, published=date(2027, 1, 15)),
    )
    guidance = market.service.guidance("会计")
    assert [(one.occupation, str(one.ratio)) for one in guidance.best[:3]] == [
        ("职业8", "3.00"),
        ("厨师", "2.10"),
        ("电工", "1.20"),
    ]
    assert len(guidance.best) == 5
    assert [one.occupation for one in guidance.rising] == ["电工", "厨师"]
    assert [one.occupation for one in guidance.falling] == ["职业5", "职业4"]
    assert guidance.asked is not None
    assert (guidance.asked.occupation, guidance.asked.ratio) == ("会计", Decimal("0.26"))
    assert {one.quarter for one in guidance.best} == {"2026Q3"}
    assert market.service.guidance(None).asked is None
    assert market.service.guidance("职业9").asked is None


def test_guidance_without_figures(market: Market) -> None:
    guidance = market.service.guidance("电工")
    assert (guidance.best, guidance.rising, guidance.falling, guidance.asked) == ([], [], [], None)


def test_every_occupation_with_its_other_names(market: Market) -> None:
    market.add(OccupationRow(id=4, name="焊工", en="welder", aliases=["电焊工"]))
    assert market.service.occupations() == [
        Occupation("电工", "电工", ()),
        Occupation("厨师", "厨师", ()),
        Occupation("会计", "会计", ()),
        Occupation("焊工", "welder", ("电焊工",)),
    ]

"""The city's districts, departments, offices and leaders."""

from dataclasses import dataclass

AREAS = (
    "employment",
    "medical",
    "social",
    "tax",
    "licences",
    "business",
    "education",
    "tickets",
    "identity",
    "policies",
)


@dataclass(frozen=True)
class District:
    """A district or county: official name, English name, six-digit region code, other ways to say it."""

    name: str
    en: str
    code: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Department:
    """A department of the city government, what it is responsible for and the service areas it answers for."""

    name: str
    en: str
    duties: str
    duties_en: str
    phone: str
    areas: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Office:
    """A place to go to: hours in words as on its door, lunch break and Saturday said apart."""

    name: str
    en: str
    district: str
    address: str
    phone: str
    hours: str
    hours_en: str
    lunch: str
    lunch_en: str
    saturday: str
    saturday_en: str
    services: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leader:
    """An official post with a mailbox."""

    post: str
    en: str
    department: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class City:
    """One city."""

    name: str
    en: str
    hotline: str
    districts: tuple[District, ...]
    departments: tuple[Department, ...]
    offices: tuple[Office, ...]
    leaders: tuple[Leader, ...]

    def district(self, name: str) -> District | None:
        """Return the district of that official name."""
        return next((district for district in self.districts if district.name == name), None)

    def department(self, name: str) -> Department | None:
        """Return the department of that official name."""
        return next((department for department in self.departments if department.name == name), None)

    def department_for(self, area: str) -> Department:
        """Return the department that answers for a service area.

        Raises:
            KeyError: no department names this area.
        """
        for department in self.departments:
            if area in department.areas:
                return department
        raise KeyError(area)

    def hall(self, district: str | None = None) -> Office:
        """Return the service hall of a district, or the city's main one."""
        halls = [office for office in self.offices if "all" in office.services]
        return next((office for office in halls if office.district == district), halls[0])


PARTS: dict[str, type] = {
    "districts": District,
    "departments": Department,
    "offices": Office,
    "leaders": Leader,
}
"""File name -> what its entries are; one file each, beside city.yml."""

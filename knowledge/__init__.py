"""What the city is and knows, as data files that non-programmers edit."""

from knowledge.places import City, Department, District, Leader, Office, load_city, validate

__all__ = ["City", "Department", "District", "Leader", "Office", "load_city", "validate"]

"""The official gazette “El Estado de Jalisco”: on which days it appears. Pure."""

TUESDAY, THURSDAY, SATURDAY = 1, 3, 5
DAYS = (TUESDAY, THURSDAY, SATURDAY)


def appears_on(day):
    """An ordinary number appears on Tuesdays, Thursdays and Saturdays; any other day is a special edition."""
    return day.weekday() in DAYS

"""When bookings may begin: by the office's clocks, from tomorrow on, whatever the clocks of the world do meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from domain.bookings import OfficeHours, by_day

FRIDAY = datetime(2026, 11, 27, 12, tzinfo=UTC)
KOLKATA, BERLIN, NEW_YORK = "Asia/Kolkata", "Europe/Berlin", "America/New_York"


def office(hours: str = "mon-fri 10:00-18:00", zone: str = KOLKATA, minutes: int = 30) -> OfficeHours:
    """An office."""
    return OfficeHours.read(hours, zone, minutes)


class TestReading:
    def test_days_in_a_row_and_days_alone(self) -> None:
        hours = office("mon-wed 10:00-18:00, sat 10:00-13:00").hours
        assert sorted(hours) == [0, 1, 2, 5]
        assert hours[5] == (time(10), time(13))

    def test_a_week_may_go_over_its_end(self) -> None:
        assert sorted(office("sun-thu 09:00-17:00").hours) == [0, 1, 2, 3, 6]

    def test_nothing_is_no_calendar(self) -> None:
        assert office("").hours == {}
        assert list(office("").slots(FRIDAY)) == []

    @pytest.mark.parametrize(
        "text", ["always", "mon-fri", "mon 10-18", "mon 18:00-10:00", "mun 10:00-18:00", "mon 25:00-26:00"]
    )
    def test_what_is_not_of_this_form_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r".+"):
            office(text)

    def test_a_zone_that_there_is_not_is_refused(self) -> None:
        with pytest.raises(ValueError, match="Asia/Kolkata"):
            office(zone="Asia/Nowhere")


class TestSlots:
    def test_begin_tomorrow_or_on_the_next_day_that_is_open(self) -> None:
        first = next(office().slots(FRIDAY))
        assert first == datetime(2026, 11, 30, 10, tzinfo=ZoneInfo(KOLKATA))

    def test_end_when_the_office_closes(self) -> None:
        day = [slot for slot in islice(office(minutes=50).slots(FRIDAY), 20) if slot.day == 30]
        assert (len(day), day[-1].strftime("%H:%M")) == (9, "16:40")

    def test_tomorrow_is_the_office_s(self) -> None:
        """At eight in the evening in UTC it is Saturday in Kolkata."""
        late = datetime(2026, 11, 29, 20, tzinfo=UTC)
        assert next(office().slots(late)).date().isoformat() == "2026-12-01"

    @pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 5), ("2026-10-25", 7)])
    def test_on_the_day_the_clocks_change_an_hour_is_an_hour(self, day: str, hours: int) -> None:
        """From midnight to six there are five of them in spring, and seven in autumn."""
        eve = datetime.fromisoformat(f"{day}T00:00:00+00:00") - timedelta(hours=12)
        nights = office("mon-sun 00:00-06:00", BERLIN, 60).slots(eve)
        that_night = [slot.astimezone(UTC) for slot in islice(nights, 9) if slot.date().isoformat() == day]
        assert [slot - that_night[0] for slot in that_night] == [timedelta(hours=hour) for hour in range(hours)]

    def test_may_begin_only_where_one_is_offered(self) -> None:
        monday = datetime(2026, 11, 30, 10, tzinfo=ZoneInfo(KOLKATA))
        assert office().may_begin(monday, FRIDAY)
        assert not office().may_begin(monday.replace(minute=10), FRIDAY)
        assert not office().may_begin(monday.replace(hour=18), FRIDAY)
        assert not office().may_begin(monday, monday), "too late: it is today"
        assert not office().may_begin(monday.replace(day=29), FRIDAY), "a Sunday"


class TestByDay:
    def test_days_are_those_of_the_person_s_clocks(self) -> None:
        """Ten in the morning in Kolkata is half past eleven in the evening before, in New York."""
        free = by_day(office().slots(FRIDAY), ZoneInfo(NEW_YORK), 2)
        assert [one.day.isoformat() for one in free] == ["2026-11-29", "2026-11-30"]
        assert free[0].times[0].strftime("%H:%M") == "23:30"

    def test_as_many_as_wanted_each_with_all_its_times(self) -> None:
        free = by_day(office().slots(FRIDAY), ZoneInfo(KOLKATA), 3)
        assert [len(one.times) for one in free] == [16, 16, 16]

"""The timetable: what runs when. Imports no room, only names commands."""

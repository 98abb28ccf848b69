"""Documents to the table `readouts`: who met whom, when and how, and which documents are one statement."""

from pledgebook.readouts.meetings import assign_meetings
from pledgebook.readouts.merging import merge_readouts
from pledgebook.readouts.parsing import Parsed, empty_readouts, parse_readouts

__all__ = ["Parsed", "assign_meetings", "empty_readouts", "merge_readouts", "parse_readouts"]

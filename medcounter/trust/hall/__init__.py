"""The hall's own key: who may release its rules, and how others know it."""

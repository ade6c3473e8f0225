"""Rules in the making: every change durable and undoable, one author at a time."""

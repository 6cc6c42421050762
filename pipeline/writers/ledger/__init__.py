"""The ledger (督办台账): rows of tasks under the columns of a template, as a workbook or as plain tables."""

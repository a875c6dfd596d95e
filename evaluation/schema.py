"""The declared shape of a frame: which columns, of which types, and what makes a row one row.

Great Expectations asks whether *their data* are right and answers with findings. A schema
asks whether *our code* is right and answers with an AssertionError.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    dtype: str
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Schema:
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def check(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the frame unchanged, so that a stage can end with `return SCHEMA.check(frame)`."""
        assert list(frame.columns) == self.names, f"{list(frame.columns)} != {self.names}"
        for column in self.columns:
            found = str(frame[column.name].dtype)
            assert found == column.dtype, f"{column.name}: {found}, not {column.dtype}"
            assert column.nullable or frame[column.name].notna().all(), f"{column.name}: missing"
        repeated = frame.duplicated(list(self.key)).sum() if self.key else 0
        assert not repeated, f"{repeated} rows repeat the key {self.key}"
        return frame

    def empty(self) -> pd.DataFrame:
        return pd.DataFrame({c.name: pd.Series(dtype=c.dtype) for c in self.columns})

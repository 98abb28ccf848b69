"""What the tables are made of: types, columns with their metadata, checks over rows, and the base of every table."""

from __future__ import annotations

from typing import Annotated, Any

import pandera.polars as pa
import polars as pl
from pandera.api.checks import Check

from schemas import codelists

Codes = Annotated[pl.List, pl.String()]
Money = Annotated[pl.Decimal, 20, 2]
Timestamp = Annotated[pl.Datetime, "us", "UTC"]

VERSION = r"^\d+\.\d+\.\d+$"
SHA256 = r"^[0-9a-f]{64}$"


def identifier(prefix: str) -> str:
    """Return the pattern of an identifier: the prefix, a hyphen and 16 small letters or digits."""
    return rf"^{prefix}-[0-9a-z]{{16}}$"


def field(
    description: str,
    *,
    codelist: str | None = None,
    unit: str | None = None,
    references: str | None = None,
    successor: str | None = None,
    pattern: str | None = None,
    at_least: int | None = None,
    key: bool = False,
    volatile: bool = False,
    assigned: bool = False,
    nullable: bool = False,
) -> Any:
    """Define a column once; everything published about it is derived from here.

    `references` names `table.column`. A `volatile` column does not count as a difference between versions.
    A column that is to go names its `successor`, `table.column`: it stays beside that for one MAJOR version.
    An `assigned` column is filled by the release and absent from what the earlier stages hand over.
    """
    metadata = {
        "codelist": codelist,
        "unit": unit,
        "references": references,
        "successor": successor,
        "pattern": pattern,
        "key": key,
        "volatile": volatile,
        "assigned": assigned,
    }
    return pa.Field(description=description, metadata=metadata, nullable=nullable, str_matches=pattern, ge=at_least)


class NamedCheck(classmethod):  # type: ignore[type-arg]
    """A check that takes the name of the attribute that holds it, by which it is known in `quarantine`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.__func__.__name__ = name


def row_check(passes: pl.Expr, reason: str) -> Any:
    """Define a check over the columns of a row; `reason` says of a row that fails what is wrong with it.

    A null result passes, so that an expression need not speak of columns that may be empty.
    """

    def check(cls: type[Table], data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(passes)

    columns = list(dict.fromkeys(passes.meta.root_names()))
    return pa.dataframe_check(NamedCheck(check), error=reason, statistics={"columns": columns})


def in_codes(values: pl.Expr, codes: frozenset[str]) -> pl.Expr:
    """Tell whether the values, whatever their type, stand in a code list."""
    return values.cast(pl.String).is_in(sorted(codes))


class Table(pa.DataFrameModel):
    """The base of every published table: columns in their order and no others, codes in their lists, keys unique."""

    class Config:
        """Pandera's settings: an unknown column or another order is a broken table."""

        strict = True
        ordered = True

    @classmethod
    def metadata(cls, name: str) -> dict[str, Any]:
        """Return what `field` was told about the column of that name."""
        field = cls.__fields__[name][1]
        return dict(field.metadata or {})

    @classmethod
    def names(cls, mark: str | None = None) -> list[str]:
        """Return the names of the columns, or of those whose metadata carry the mark ("key", "volatile", ...)."""
        return [name for name in cls.__fields__ if mark is None or cls.metadata(name)[mark]]

    @classmethod
    def handed_over(cls) -> pa.DataFrameSchema:
        """Return the schema of the table as the stages hand it over: without what the release assigns."""
        assigned = cls.names("assigned")
        schema = cls.to_schema().remove_columns(assigned)
        schema.checks = [check for check in schema.checks if not set(assigned) & set(check.statistics["columns"])]
        return schema

    @pa.dataframe_check(error="an earlier row of the table has the same key", statistics={"columns": []})
    def key_unique(cls, data: pa.PolarsData) -> pl.LazyFrame | bool:  # noqa: N805
        """Check that no earlier row has the same key; what has not been given its key yet cannot repeat one."""
        keys = cls.names("key")
        if not keys or not set(keys) <= set(data.lazyframe.collect_schema().names()):
            return True
        return data.lazyframe.select(pl.struct(keys).is_first_distinct())

    @classmethod
    def build_schema_(cls, **settings: Any) -> pa.DataFrameSchema:
        """Build the schema that pandera keeps, with a check for each column that has a code list."""
        schema = super().build_schema_(**settings)
        for name in cls.names("codelist"):
            schema.columns[name].checks.append(in_codelist(cls.metadata(name)["codelist"]))
        return schema


def in_codelist(codelist: str) -> Check:
    """Return the check that the codes of a column, or of its lists, stand in a code list."""

    def check(data: pa.PolarsData) -> pl.LazyFrame:
        codes = codelists.codes(codelist)
        known = in_codes(pl.col(data.key), codes)
        if isinstance(data.lazyframe.collect_schema()[data.key], pl.List):
            known = pl.col(data.key).list.eval(in_codes(pl.element(), codes)).list.all()
        return data.lazyframe.select(known)

    return Check(check, name="in_codelist")


def failed_sentence(model: type[Table], name: str | None, check: Check | str | None) -> str:
    """Say in words why a row failed a check of a column, or of the row when `name` is null."""
    code = check if isinstance(check, str) else getattr(check, "name", None)
    if name is None:
        return str(getattr(check, "error", None) or code)
    metadata = model.metadata(name)
    known = {
        "not_nullable": "it has no value",
        "in_codelist": f"its value is not in the code list {metadata['codelist']}.csv",
        "str_matches": f"its value is not written as {metadata['pattern']}",
        "greater_than_or_equal_to": "its value is too small",
    }
    return f"{name}: {known.get(str(code), code)}"

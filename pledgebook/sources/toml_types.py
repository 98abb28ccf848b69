"""What the tables of a source's TOML file are made of: expressions that are checked when the file is read."""

from __future__ import annotations

from typing import Annotated

import jmespath
from cssselect import GenericTranslator, SelectorError
from jmespath.exceptions import JMESPathError
from pydantic import AfterValidator, BaseModel, ConfigDict


def _is_selector(selector: str) -> str:
    try:
        GenericTranslator().css_to_xpath(selector)
    except SelectorError as error:
        raise ValueError(f"{selector!r} is no CSS selector ({error})") from error
    return selector


def _is_expression(expression: str) -> str:
    try:
        jmespath.compile(expression)
    except JMESPathError as error:
        raise ValueError(f"{expression!r} is no JMESPath expression ({' '.join(str(error).split())})") from error
    return expression


Selector = Annotated[str, AfterValidator(_is_selector)]
Expression = Annotated[str, AfterValidator(_is_expression)]


class Table(BaseModel):
    """A table of a TOML file; unknown words are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

"""Settings of the crawler, from environment variables that begin with `PLEDGEBOOK_`."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pledgebook.sources.errors import WrongUse

PRODUCT = "Pledgebook"


class FetchSettings(BaseSettings):
    """How the crawler behaves; times are in seconds, sizes in bytes.

    contact: e-mail address or page by which the owner of a site reaches who runs this crawler; delay: between two requests to a
    host; allowed_hosts: hosts that may be visited although their addresses are private; connect_timeout, read_timeout: for a
    connection, and for each part of an answer; document_timeout: for a whole answer; largest_page: of a document, before and
    after decompression; largest_file: of a WARC, WACZ or tarball; redirects, attempts: for one address; longest_wait: a site that
    asks for more patience is left for another run.
    """

    model_config = SettingsConfigDict(
        env_prefix="PLEDGEBOOK_", env_ignore_empty=True, frozen=True, extra="ignore", str_strip_whitespace=True
    )

    contact: str = Field(min_length=1)
    delay: float = Field(default=1.0, ge=0)
    allowed_hosts: Annotated[frozenset[str], NoDecode] = frozenset()
    connect_timeout: float = Field(default=10.0, gt=0)
    read_timeout: float = Field(default=30.0, gt=0)
    document_timeout: float = Field(default=120.0, gt=0)
    largest_page: int = Field(default=20_000_000, gt=0)
    largest_file: int = Field(default=5_000_000_000, gt=0)
    redirects: int = Field(default=5, ge=0)
    attempts: int = Field(default=4, ge=1)
    longest_wait: float = Field(default=600.0, ge=0)

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _hosts(cls, value: object) -> object:
        """Hosts parted by commas, as an environment variable holds them."""
        if isinstance(value, str):
            return frozenset(host.strip().lower() for host in value.split(",") if host.strip())
        return value

    @property
    def user_agent(self) -> str:
        """What the crawler calls itself."""
        return f"{PRODUCT}/{version('pledgebook')} ({self.contact})"


def fetch_settings() -> FetchSettings:
    """The settings of the environment; raises WrongUse, naming the variable, when one is missing or has no possible value."""
    try:
        return FetchSettings()  # type: ignore[call-arg]  # the environment has the rest
    except ValidationError as error:
        problem = error.errors()[0]
        if problem["loc"] == ("contact",):
            raise WrongUse(
                "set PLEDGEBOOK_CONTACT to an e-mail address or a page by which the owner of a site can reach you; "
                "without it nothing is fetched"
            ) from error
        name = "_".join(["PLEDGEBOOK", *map(str, problem["loc"])]).upper()
        raise WrongUse(f"{name} cannot be {problem['input']!r}: {problem['msg']}") from error

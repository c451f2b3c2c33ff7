import abc
import sys

if sys.version_info >= (3, 13):
    from azure.functions._abc import Serializable as _Base
else:
    from abc import ABC as _Base

class AbstractKafkaEvent(_Base):
    @abc.abstractmethod
    def get_body(self) -> bytes: ...
    @property
    @abc.abstractmethod
    def key(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def offset(self) -> int | None: ...
    @property
    @abc.abstractmethod
    def partition(self) -> int | None: ...
    @property
    @abc.abstractmethod
    def topic(self) -> str | None: ...
    @property
    @abc.abstractmethod
    def timestamp(self) -> str | None: ...

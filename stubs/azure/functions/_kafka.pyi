import abc

class AbstractKafkaEvent(abc.ABC, metaclass=abc.ABCMeta):
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

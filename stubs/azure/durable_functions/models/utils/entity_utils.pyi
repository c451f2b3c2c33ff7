class EntityId:
    """Names one entity.

    Args:
        name: Name of the entity function.
        key: Which of its states.

    Raises:
        ValueError: Either is empty.
    """

    name: str
    key: str
    def __init__(self, name: str, key: str) -> None: ...
    @staticmethod
    def get_scheduler_id(entity_id: EntityId) -> str:
        """`@name@key`, the name in lower case."""

    @staticmethod
    def get_entity_id(scheduler_id: str) -> EntityId:
        """The entity of such a text.

        Raises:
            ValueError: The text has another form.
        """

    @staticmethod
    def get_entity_id_url_path(entity_id: EntityId) -> str: ...
    def __eq__(self, other: object) -> bool: ...

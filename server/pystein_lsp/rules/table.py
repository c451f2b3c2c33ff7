"""All rules, by the place in the app that they look at."""

from __future__ import annotations

from pystein_lsp.rules.app_not_found import AppNotFound
from pystein_lsp.rules.app_not_indexed import AppNotIndexed
from pystein_lsp.rules.arg_name_mismatch import ArgNameMismatch
from pystein_lsp.rules.broken_import import BrokenImport
from pystein_lsp.rules.conflicting_arguments import ConflictingArguments
from pystein_lsp.rules.connection_string_in_code import ConnectionStringInCode
from pystein_lsp.rules.cron_every_second import CronEverySecond
from pystein_lsp.rules.cron_five_fields import CronFiveFields
from pystein_lsp.rules.cron_never_fires import CronNeverFires
from pystein_lsp.rules.cron_surprise import CronSurprise
from pystein_lsp.rules.decorator_not_called import DecoratorNotCalled
from pystein_lsp.rules.duplicate_binding_name import DuplicateBindingName
from pystein_lsp.rules.duplicate_function_name import DuplicateFunctionName
from pystein_lsp.rules.duplicate_route import DuplicateRoute
from pystein_lsp.rules.durable_async_orchestrator import DurableAsyncOrchestrator
from pystein_lsp.rules.durable_context_name import DurableContextName
from pystein_lsp.rules.durable_decorator_order import DurableDecoratorOrder
from pystein_lsp.rules.durable_missing_package import DurableMissingPackage
from pystein_lsp.rules.durable_nondeterminism import DurableNondeterminism
from pystein_lsp.rules.durable_sync_client import DurableSyncClient
from pystein_lsp.rules.durable_unknown_function import DurableUnknownFunction
from pystein_lsp.rules.durable_unyielded_task import DurableUnyieldedTask
from pystein_lsp.rules.invalid_annotation import InvalidAnnotation
from pystein_lsp.rules.invalid_binding_expression import InvalidBindingExpression
from pystein_lsp.rules.invalid_binding_name import InvalidBindingName
from pystein_lsp.rules.invalid_blob_path import InvalidBlobPath
from pystein_lsp.rules.invalid_container_name import InvalidContainerName
from pystein_lsp.rules.invalid_cron import InvalidCron
from pystein_lsp.rules.invalid_enum_value import InvalidEnumValue
from pystein_lsp.rules.invalid_function_name import InvalidFunctionName
from pystein_lsp.rules.invalid_host_json import InvalidHostJson
from pystein_lsp.rules.invalid_local_settings import InvalidLocalSettings
from pystein_lsp.rules.invalid_queue_name import InvalidQueueName
from pystein_lsp.rules.invalid_registration import InvalidRegistration
from pystein_lsp.rules.invalid_retry_policy import InvalidRetryPolicy
from pystein_lsp.rules.invalid_return_annotation import InvalidReturnAnnotation
from pystein_lsp.rules.invalid_return_binding import InvalidReturnBinding
from pystein_lsp.rules.invalid_route import InvalidRoute
from pystein_lsp.rules.invalid_table_name import InvalidTableName
from pystein_lsp.rules.library_version import LibraryVersion
from pystein_lsp.rules.missing_argument import MissingArgument
from pystein_lsp.rules.missing_connection_setting import MissingConnectionSetting
from pystein_lsp.rules.missing_extension_bundle import MissingExtensionBundle
from pystein_lsp.rules.missing_requirement import MissingRequirement
from pystein_lsp.rules.missing_trigger import MissingTrigger
from pystein_lsp.rules.mixed_containers import MixedContainers
from pystein_lsp.rules.mixed_models import MixedModels
from pystein_lsp.rules.multiple_apps import MultipleApps
from pystein_lsp.rules.multiple_triggers import MultipleTriggers
from pystein_lsp.rules.raises_on_import import RaisesOnImport
from pystein_lsp.rules.registered_too_early import RegisteredTooEarly
from pystein_lsp.rules.removed_argument import RemovedArgument
from pystein_lsp.rules.removed_decorator import RemovedDecorator
from pystein_lsp.rules.reserved_route import ReservedRoute
from pystein_lsp.rules.return_without_binding import ReturnWithoutBinding
from pystein_lsp.rules.rule import AppRule, BlockRule, CallRule, FunctionRule, ModuleRule, Rule
from pystein_lsp.rules.swallowed_argument import SwallowedArgument
from pystein_lsp.rules.syntax_error import SyntaxErrorRule
from pystein_lsp.rules.unavailable_decorator import UnavailableDecorator
from pystein_lsp.rules.unbound_parameter import UnboundParameter
from pystein_lsp.rules.unknown_argument import UnknownArgument
from pystein_lsp.rules.unknown_decorator import UnknownDecorator
from pystein_lsp.rules.unknown_name import UnknownName
from pystein_lsp.rules.unnamed_handler import UnnamedHandler
from pystein_lsp.rules.unregistered_blueprint import UnregisteredBlueprint
from pystein_lsp.rules.unresolved_setting_expression import UnresolvedSettingExpression
from pystein_lsp.rules.unused_suppression import UnusedSuppression
from pystein_lsp.rules.wrapping_decorator import WrappingDecorator
from pystein_lsp.rules.wrong_extension_bundle import WrongExtensionBundle

RULES: tuple[type[Rule], ...] = (
    AppNotIndexed,
    SyntaxErrorRule,
    UnknownDecorator,
    UnknownName,
    BrokenImport,
    RaisesOnImport,
    RemovedDecorator,
    DecoratorNotCalled,
    MissingTrigger,
    MultipleTriggers,
    MixedContainers,
    WrappingDecorator,
    MissingArgument,
    ConflictingArguments,
    UnknownArgument,
    RemovedArgument,
    SwallowedArgument,
    InvalidEnumValue,
    DuplicateFunctionName,
    InvalidFunctionName,
    UnnamedHandler,
    ArgNameMismatch,
    UnboundParameter,
    InvalidAnnotation,
    InvalidReturnAnnotation,
    InvalidReturnBinding,
    ReturnWithoutBinding,
    InvalidRetryPolicy,
    InvalidBindingName,
    DuplicateBindingName,
    InvalidCron,
    CronFiveFields,
    CronEverySecond,
    CronNeverFires,
    CronSurprise,
    ReservedRoute,
    DuplicateRoute,
    InvalidRoute,
    InvalidQueueName,
    InvalidContainerName,
    InvalidBlobPath,
    InvalidTableName,
    MissingConnectionSetting,
    InvalidBindingExpression,
    UnresolvedSettingExpression,
    ConnectionStringInCode,
    MissingExtensionBundle,
    WrongExtensionBundle,
    MixedModels,
    AppNotFound,
    MultipleApps,
    UnavailableDecorator,
    LibraryVersion,
    DurableContextName,
    DurableDecoratorOrder,
    DurableAsyncOrchestrator,
    DurableSyncClient,
    DurableUnyieldedTask,
    DurableNondeterminism,
    DurableUnknownFunction,
    DurableMissingPackage,
    MissingRequirement,
    UnregisteredBlueprint,
    RegisteredTooEarly,
    InvalidRegistration,
    InvalidLocalSettings,
    InvalidHostJson,
    UnusedSuppression,
)

BY_NAME = {rule.name: rule for rule in RULES}

BLOCK_RULES = tuple(rule() for rule in RULES if issubclass(rule, BlockRule))
CALL_RULES = tuple(rule() for rule in RULES if issubclass(rule, CallRule))
FUNCTION_RULES = tuple(rule() for rule in RULES if issubclass(rule, FunctionRule))
MODULE_RULES = tuple(rule() for rule in RULES if issubclass(rule, ModuleRule))
APP_RULES = tuple(rule() for rule in RULES if issubclass(rule, AppRule))

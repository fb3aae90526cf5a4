"""The configuration of a fork, ``.amts.yml``: read, checked, laid over its defaults, and rewritten in place."""

from sync.config.load import load_config, read_config
from sync.config.model import CONFIG_PATH, INI_PATH, Config, ConfigError, Kept, Origin
from sync.config.rewrite import set_values

__all__ = [
    "CONFIG_PATH",
    "INI_PATH",
    "Config",
    "ConfigError",
    "Kept",
    "Origin",
    "load_config",
    "read_config",
    "set_values",
]

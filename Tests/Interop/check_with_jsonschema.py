"""Validates YAML files against a JSON Schema: a line `valid NAME`, `invalid NAME: why` or `unreadable NAME` for each.

    python check_with_jsonschema.py SCHEMA FILE...

Needs the packages in text.txt. `JSONSchemaTests` calls it.
"""

import json
import os
import re
import sys

import jsonschema
import yaml

# What scalars without quotes are in YAML 1.2. PyYAML's own rules are those of 1.1, to which `on` is true and `1e-3` text.
NULL = re.compile(r"(~|null|Null|NULL|)$")
TRUTH = re.compile(r"(true|True|TRUE|false|False|FALSE)$")
WHOLE = re.compile(r"[-+]?[0-9]+$")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")


def value(node):
    if isinstance(node, yaml.MappingNode):
        return {key.value: value(item) for key, item in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [value(item) for item in node.value]
    text = node.value
    if node.style:
        return text
    if NULL.match(text):
        return None
    if TRUTH.match(text):
        return text.lower() == "true"
    if WHOLE.match(text):
        return int(text)
    return float(text) if NUMBER.match(text) else text


def main(schema_path, paths):
    with open(schema_path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in paths:
        name = os.path.basename(path)
        try:
            with open(path, encoding="utf-8") as file:
                node = yaml.compose(file, Loader=yaml.SafeLoader)
            tree = None if node is None else value(node)
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError, TypeError):
            print("unreadable", name)
            continue
        error = jsonschema.exceptions.best_match(validator.iter_errors(tree))
        if error:
            print(f"invalid {name}: {error.json_path}: {error.message[:200]}")
        else:
            print("valid", name)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])

"""What a firm may do with a model is told by the licence that the model names."""

import pytest

from config.licences import licence_of


@pytest.mark.parametrize(
    ("text", "short", "name", "use"),
    [
        (
            "                                 Apache License\n                           Version 2.0",
            "",
            "Apache-2.0",
            "allowed",
        ),
        ("MIT License\n\nCopyright (c) Somebody", "", "MIT", "allowed"),
        ("", "apache-2.0", "Apache-2.0", "allowed"),
        ("", "mit", "MIT", "allowed"),
        ("Gemma Terms of Use\nLast modified: 2024", "", "Gemma Terms of Use", "conditions"),
        ("", "gemma", "Gemma Terms of Use", "conditions"),
        ("LLAMA 3.2 COMMUNITY LICENSE AGREEMENT\nLlama 3.2 Version", "", "Llama Community License", "conditions"),
        ("Qwen RESEARCH LICENSE AGREEMENT\n\nQwen", "", "Qwen Research License", "forbidden"),
        ("# Mistral AI Research License\n", "", "Mistral Research License", "forbidden"),
        ("Attribution-NonCommercial 4.0 International", "", "CC-BY-NC-4.0", "forbidden"),
        ("", "cc-by-nc-4.0", "CC-BY-NC-4.0", "forbidden"),
        ("House licence of Somebody Ltd\nYou may", "", "House licence of Somebody Ltd", "unknown"),
        ("Mitigations apply to this text", "", "Mitigations apply to this text", "unknown"),
        ("", "", "", "unknown"),
    ],
)
def test_a_licence_is_told_by_its_beginning(text: str, short: str, name: str, use: str) -> None:
    found = licence_of(text, short)
    assert (found.name, found.use) == (name, use)

"""Gradio's colours and fonts are those of all pages: its variables name ours, in light and in dark."""

from typing import Any

# Gradio's variable with the one of `tokens.css`.
_COLOURS = {
    "body_background_fill": "page", "body_text_color": "text", "body_text_color_subdued": "muted",
    "background_fill_primary": "page", "background_fill_secondary": "surface", "border_color_primary": "line",
    "border_color_accent": "accent", "color_accent": "accent", "color_accent_soft": "chosen",
    "link_text_color": "accent",
    "link_text_color_hover": "accent", "link_text_color_visited": "accent", "link_text_color_active": "accent",
    "block_background_fill": "page", "block_border_color": "line", "block_label_background_fill": "page",
    "block_label_text_color": "muted", "block_title_text_color": "text", "block_info_text_color": "muted",
    "panel_background_fill": "surface", "panel_border_color": "line", "accordion_text_color": "text",
    "input_background_fill": "page", "input_background_fill_focus": "page", "input_border_color": "field",
    "input_border_color_focus": "accent", "input_border_color_hover": "field", "input_placeholder_color": "muted",
    "checkbox_background_color": "page", "checkbox_background_color_selected": "fill", "checkbox_border_color": "field",
    "checkbox_border_color_selected": "fill", "checkbox_label_background_fill": "surface",
    "checkbox_label_text_color": "text", "table_even_background_fill": "page", "table_odd_background_fill": "surface",
    "table_border_color": "line", "table_row_focus": "chosen", "table_text_color": "text",
    "button_primary_background_fill": "fill", "button_primary_background_fill_hover": "fill-hover",
    "button_primary_border_color": "fill", "button_primary_text_color": "on-fill",
    "button_secondary_background_fill": "raised", "button_secondary_background_fill_hover": "line",
    "button_secondary_border_color": "field", "button_secondary_text_color": "text",
    "button_cancel_background_fill": "danger", "button_cancel_background_fill_hover": "danger",
    "button_cancel_border_color": "danger", "button_cancel_text_color": "on-fill",
}  # fmt: skip


def theme() -> Any:
    """The theme of both mounts."""
    import gradio as gr

    base = gr.themes.Base(
        primary_hue="blue",
        neutral_hue="slate",
        font=["system-ui", "Segoe UI", "Roboto", "Arial", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    )
    values = {"input_border_width": "1px"}
    values |= {name: f"var(--{ours})" for name, ours in _COLOURS.items()}
    both = values | {f"{name}_dark": value for name, value in values.items() if hasattr(base, f"{name}_dark")}
    return base.set(**both)

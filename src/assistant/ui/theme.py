"""Gradio's own widgets in the page's colours and in fonts that every machine has."""

import gradio as gr
from gradio.themes import Color, Font

_SANS = (
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
_MONO = ("Consolas", "Menlo", "Noto Sans Mono CJK SC", "monospace")

_NAVY = Color(
    "#eff4fa", "#dce7f4", "#bdd1ea", "#93b3da", "#628fc4", "#3d70ab",
    "#2c5a92", "#234a7c", "#1c3b64", "#152c4b", "#0f2037", name="navy",
)  # fmt: skip


def page_theme() -> gr.themes.Base:
    """Return the theme; it names local fonts only, so no font is ever fetched."""
    return gr.themes.Base(
        primary_hue=_NAVY,
        secondary_hue=_NAVY,
        neutral_hue="slate",
        font=[Font(name) for name in _SANS],
        font_mono=[Font(name) for name in _MONO],
        radius_size="sm",
    ).set(
        body_background_fill="#f5f6f8",
        body_background_fill_dark="#14181f",
        body_text_color="#1d2530",
        body_text_color_dark="#dfe5ee",
        block_background_fill="#ffffff",
        block_background_fill_dark="#1b212b",
        input_background_fill="#ffffff",
        input_background_fill_dark="#1b212b",
        input_border_width="1px",
        input_border_color="#b9c2cf",
        input_border_color_dark="#48546a",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_500",
        button_primary_background_fill_hover_dark="*primary_600",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#ffffff",
    )

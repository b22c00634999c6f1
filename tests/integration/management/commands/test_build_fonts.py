"""The command that builds the letters' fonts."""

import pytest
from django.core.management import CommandError, call_command

from requests_app.management.commands import build_fonts


def test_rare_set_without_its_sources_names_the_font_and_what_to_type(monkeypatch, tmp_path):
    monkeypatch.setattr(build_fonts, "SYSTEM_FOLDERS", [tmp_path])

    with pytest.raises(CommandError) as refused:
        call_command("build_fonts", "rare", target=tmp_path / "out")

    assert "LXGWWenKai-Light.ttf" in str(refused.value)
    assert "apt-get install --no-install-recommends fonts-noto-cjk" in str(refused.value)
    assert not (tmp_path / "out").exists()


def test_everyday_set_without_its_sources_names_the_font(monkeypatch, tmp_path):
    monkeypatch.setattr(build_fonts, "SYSTEM_FOLDERS", [])

    with pytest.raises(CommandError) as refused:
        call_command("build_fonts", "everyday", source=[tmp_path], target=tmp_path / "out")

    assert str(refused.value) == "找不到字体文件 FandolFang-Regular.otf。"

"""Actions of others that the shipped workflows take, as far as they need them: artifacts and tokens, in folders.

act takes them in place of those that are named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

UPLOAD: Final = """\
name: upload
description: Puts a file, or what is in a folder, where the next jobs find it.
inputs: {name: {required: true}, path: {required: true}, if-no-files-found: {default: warn}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {NAME: "${{ inputs.name }}", WHAT: "${{ inputs.path }}"}
      run: |
        mkdir -p "$STUBS/artifacts/$NAME"
        if [ -d "$WHAT" ]; then cp -r "$WHAT"/. "$STUBS/artifacts/$NAME"; fi
        if [ -f "$WHAT" ]; then cp "$WHAT" "$STUBS/artifacts/$NAME"; fi
"""
DOWNLOAD: Final = """\
name: download
description: Gets what was put there, all of a pattern together.
inputs: {name: {default: ""}, pattern: {default: ""}, path: {default: "."}, merge-multiple: {default: "false"}}
runs:
  using: composite
  steps:
    - shell: bash
      env: {NAMES: "${{ inputs.name || inputs.pattern }}", WHERE: "${{ inputs.path }}"}
      run: |
        mkdir -p "$WHERE"
        for found in "$STUBS"/artifacts/$NAMES; do if [ -d "$found" ]; then cp -r "$found"/. "$WHERE"; fi; done
"""
TOKEN: Final = """\
name: token
description: The token that a test has put there for the repositories; none, and the app is not installed.
inputs: {client-id: {}, private-key: {}, owner: {}, repositories: {}}
outputs: {token: {value: "${{ steps.token.outputs.token }}"}}
runs:
  using: composite
  steps:
    - id: token
      shell: bash
      env: {WHICH: "${{ inputs.owner }}-${{ inputs.repositories }}"}
      run: echo "token=$(cat "$STUBS/tokens/$WHICH")" >> "$GITHUB_OUTPUT"
"""
STUBS: Final = {
    "actions/upload-artifact": UPLOAD,
    "actions/download-artifact": DOWNLOAD,
    "actions/create-github-app-token": TOKEN,
}


def write_stubs(folder: Path) -> dict[str, Path]:
    """The folder of each action, by its name without a version."""
    found = {name: folder / name.replace("/", "-") for name in STUBS}
    for name, place in found.items():
        place.mkdir(parents=True)
        (place / "action.yml").write_text(STUBS[name])
    return found

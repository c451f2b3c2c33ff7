#!/bin/sh
# A person in Kate, on a screen of Xvfb: looks at diagnostics, reads, completes, mends, runs. A picture of each step goes to PICTURES.
# HOME is a folder for the configuration, PYSTEIN_WORKSPACE one with the app of test_editors.py; pystein-lsp is on PATH.
# Needs kate, xvfb, openbox, xdotool, dbus and imagemagick.
set -e
export DISPLAY=:57 QT_QPA_PLATFORM=xcb LC_ALL=C.UTF-8 XDG_RUNTIME_DIR="$HOME/run"
mkdir -p "$HOME/.config/kate/lspclient" "$XDG_RUNTIME_DIR" "$PICTURES"
chmod 700 "$XDG_RUNTIME_DIR"
cat > "$HOME/.config/kate/lspclient/settings.json" <<J
{"servers": {"python": {"command": ["pystein-lsp", "--stdio"], "rootIndicationFileNames": ["host.json"]}}}
J
# what a person clicks once: the plugin is on, and the command may be run
cat > "$HOME/.config/katerc" <<J
[Kate Plugins]
lspclientplugin=true

[lspclient]
AllowedServerCommandLines=$(command -v pystein-lsp) --stdio
InlayHints=true
SemanticHighlighting=true

[General]
Show welcome view for new window=false
J
if [ -z "$DBUS_SESSION_BUS_ADDRESS" ]; then exec dbus-run-session -- sh "$0"; fi

Xvfb $DISPLAY -screen 0 1100x700x24 > /dev/null 2>&1 & screen=$!
sleep 2
openbox > /dev/null 2>&1 & manager=$!
kate --new "$PYSTEIN_WORKSPACE/function_app.py" > /dev/null 2>&1 & editor=$!
trap 'kill $editor $manager $screen' EXIT
until window=$(xdotool search --name 'function_app.py' 2> /dev/null | tail -1) && [ -n "$window" ]; do sleep 0.2; done
xdotool windowsize "$window" 1060 640 windowmove "$window" 20 40 windowfocus "$window"
sleep 6
picture() { import -window root +dither -colors 48 "$PICTURES/$1.png"; }
key() { xdotool key --window "$window" --delay 60 "$@"; }
point() { xdotool mousemove --window "$window" "$1" "$2"; }

point 95 630; xdotool click 1; sleep 1; picture diagnostics; xdotool click 1
point 150 242; sleep 3; picture hover; point 700 320; xdotool click 1; sleep 1
key ctrl+End; xdotool type --window "$window" --delay 150 '@app.ti'; sleep 1; key ctrl+space; sleep 2; picture completion
key Escape ctrl+z; sleep 2
point 310 242; xdotool click 1; sleep 1; key ctrl+period; sleep 2; picture action
key Down Return; sleep 1; key Escape ctrl+s; sleep 1
point 150 172; xdotool click 1; sleep 1; key alt+Return; sleep 2; key Down Return; sleep 4
point 35 630; xdotool click 1; sleep 1; picture run

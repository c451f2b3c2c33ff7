#!/bin/sh
# A person in Helix, in a terminal of tmux: looks at diagnostics, completes, reads, mends. Prints the screen at each step.
# HOME is a folder for the configuration, PYSTEIN_COMMAND a Python, PYSTEIN_WORKSPACE a folder with the app of test_editors.py.
export TERM=screen-256color LC_ALL=C.UTF-8
T="tmux -L pystein-helix"
$T kill-server 2>/dev/null
mkdir -p $HOME/.config/helix
cat > "$HOME/.config/helix/languages.toml" <<X
[language-server.pystein]
command = "$PYSTEIN_COMMAND"
args = ["-m", "pystein_lsp", "--stdio"]

[[language]]
name = "python"
language-servers = ["pystein"]
X
cd "$PYSTEIN_WORKSPACE"
$T new-session -d -x 120 -y 30 "hx function_app.py"
wait_for() { for i in $(seq 600); do $T capture-pane -p | grep -q "$1" && return 0; sleep 0.05; done; echo "TIMED OUT: $1"; }
wait_for '● 2'; sleep 2
echo "--- diagnostics (space d)"; $T send-keys ' ' 'd'; sleep 1; $T capture-pane -p | head -30; $T send-keys Escape
echo "--- completion"; $T send-keys 'ge' 'o' '@app.queue_trigger('; wait_for 'data_type'; $T capture-pane -p | tail -16; $T send-keys Escape Escape 'u' 'u'
echo "--- hover (space k) at @app.route"; $T send-keys '6gg' 'w' 'w' 'w' ' ' 'k'; sleep 1; $T capture-pane -p | head -26; $T send-keys Escape
echo "--- code actions (space a) in the arg_name"; $T send-keys '11gg' 'f' '"' 'l' ' ' 'a'; sleep 1; $T capture-pane -p | head -26; $T send-keys Enter; sleep 1; echo "--- after the first action"; $T capture-pane -p | head -14
$T send-keys Escape ':q!' Enter; sleep 0.3; $T kill-server 2>/dev/null

# Completion of ogi and its subcommands for bash: options as --help lists them, else files.
_ogi() {
  local word=${COMP_WORDS[COMP_CWORD]} program
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$(ogi --help | awk '/^  [a-z]/ { print $1 }')" -- "$word")
    return
  fi
  program=ogi-${COMP_WORDS[1]}
  if [[ $word == -* ]] && command -v "$program" >/dev/null; then
    mapfile -t COMPREPLY < <(compgen -W "$("$program" --help | grep -oE -- '--[a-z][a-z-]*' | sort -u)" -- "$word")
  fi
}
complete -o default -F _ogi ogi

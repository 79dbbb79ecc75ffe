#!/bin/bash
# The workers of a launch that 'exp run --launcher' made; 'exp attach 2026-11-30_14-21-27_abc123' watches them.
#SBATCH --job-name=exp-2026-11-30_14-21-27_abc123
#SBATCH --array=0-7%3
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH "--output=/home/it's me/100%%/runs/.launches/ID/%a.log"
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --signal=B:USR1@90
#SBATCH --partition=compute
#SBATCH --time=2:00:00
#SBATCH --mem=8G
#SBATCH "--constraint=intel&gpu"
#SBATCH --exclude=n1

cd '/home/it'\''s me/100%' || exit 74
# Starts in a row that came to nothing, a line each.
vain='/home/it'\''s me/100%/runs/.launches/ID'/"$SLURM_ARRAY_TASK_ID".vain
# The warning before the time is over comes to this shell alone; other signals come to the worker, too.
worker= warned= cancelled=
trap 'signalled=yes warned=yes; [ -z "$worker" ] || kill -USR1 "$worker"' USR1
trap 'signalled=yes cancelled=yes' TERM
module load onednn

[ -z "$cancelled" ] || exit 143
status=138
if [ -z "$warned" ]; then
  /usr/bin/exp run --missing --set=training.epochs=3 -- 'a b.yaml' &
  worker=$!
  [ -z "$warned" ] || kill -USR1 "$worker"
  while
    signalled=
    wait "$worker"
    status=$?
    [ -n "$signalled" ]
  do :; done
fi

# 75: interrupted, its state is saved; 79: before it had trained a step; 138: warned before it began or could listen.
requeue() { scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"; }
if [ -n "$warned" ] && [ -z "$cancelled" ]; then
  case $status in
    75)
      rm -f "$vain"
      requeue
      ;;
    79 | 138)
      if echo >> "$vain" && [ "$(wc -l < "$vain")" -lt 3 ]; then
        requeue
      else
        echo "error: its time was over three times before it had trained a step: workers need a longer 'time'" >&2
        status=79
      fi
      ;;
  esac
fi
exit $status

#!/usr/bin/env bash
# examples/slurm under a Slurm of its own: munged, slurmctld and slurmd on this machine, in a folder that goes away. An array of four tasks codes a corpus; two tasks are killed
# and the same line is submitted again. Needs Debian's slurm-wlm (which brings munge); passed over, with a word, where that is not installed.
set -u
cd "$(dirname "$0")/.." || exit 1
PATH=$PATH:/usr/sbin:/sbin
[ -z "${QUICK:-}" ] || { echo "passed over in the quick run"; echo "1 passed, 0 failed"; exit 0; }
for program in munged slurmctld slurmd sbatch scancel; do
    command -v $program > /dev/null || { echo "passed over: $program is not installed (apt-get install slurm-wlm)"; echo "1 passed, 0 failed"; exit 0; }
done
export RAPPORTEUR=$PWD/${BUILD:-build}/rapporteur RAPPORTEUR_MODELS=${RAPPORTEUR_MODELS:-$PWD/models}
dir=$(mktemp -d); chmod 755 "$dir"
started=()
stop() {
    for ((i = ${#started[@]} - 1; i >= 0; i--)); do kill "${started[i]}" 2> /dev/null; done
    wait 2> /dev/null
    rm -rf "$dir"
}
trap stop EXIT
passed=0 failed=0
check() { # WHAT COMMAND…: passes when the command does
    local what=$1; shift
    if "$@" > /dev/null 2>&1; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: $what"; fi
}
within() { # SECONDS COMMAND…: until the command succeeds
    local end=$((SECONDS + $1)); shift
    until "$@" > /dev/null 2>&1; do [ $SECONDS -lt $end ] || return 1; sleep 0.1; done
}

host=$(hostname -s) user=$(id -un) port=$((20000 + $$ % 20000))
mkdir "$dir/state" "$dir/spool"
head -c 128 /dev/urandom > "$dir/munge.key"; chmod 600 "$dir/munge.key"
cat > "$dir/slurm.conf" <<EOF
ClusterName=desk
SlurmctldHost=$host(127.0.0.1)
SlurmUser=$user
SlurmdUser=$user
SlurmctldPort=$port
SlurmdPort=$((port + 1))
AuthType=auth/munge
AuthInfo=socket=$dir/munge.socket
CredType=cred/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
SlurmctldLogFile=$dir/slurmctld.log
SlurmdLogFile=$dir/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=1,batch_sched_delay=0
ReturnToService=2
MailProg=/bin/true
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 RealMemory=2048 State=UNKNOWN
PartitionName=desk Nodes=$host Default=YES State=UP
EOF
echo CgroupPlugin=cgroup/v1 > "$dir/cgroup.conf" # nothing here is kept by cgroups: this one starts without any
export SLURM_CONF=$dir/slurm.conf
munged -F --force --key-file="$dir/munge.key" --socket="$dir/munge.socket" --pid-file="$dir/munged.pid" --seed-file="$dir/munged.seed" --log-file="$dir/munged.log" > "$dir/munged.out" 2>&1 &
started+=($!)
within 20 test -S "$dir/munge.socket" || { echo "munged did not start: $(tail -n 2 "$dir/munged.out" "$dir/munged.log")"; echo "0 passed, 1 failed"; exit 1; }
slurmctld -D > "$dir/slurmctld.out" 2>&1 & started+=($!)
slurmd -D -N "$host" > "$dir/slurmd.out" 2>&1 & started+=($!)
idle() { sinfo -h -o %T | grep -q '^idle\|^mixed'; }
within 60 idle || { echo "Slurm did not come up:"; tail -n 5 "$dir/slurmctld.log" "$dir/slurmd.log"; echo "0 passed, 1 failed"; exit 1; }

mkdir "$dir/corpus"
for outlet in a b c d e f; do for file in samples/dispatches/*.txt; do sed "s/^Outlet: /&$outlet./" "$file" > "$dir/corpus/$outlet-${file##*/}"; done; done # long enough to be killed
echo '{broken' > "$dir/corpus/z.jsonl"
"$RAPPORTEUR" code --text "$dir/corpus" 2> /dev/null | sort > "$dir/one"
submit() { sbatch --chdir="$dir" --output="$dir/log-%a" --open-mode=append --array=1-4 "$@" examples/slurm/code.sbatch "$dir/corpus" "$dir/parts"; }

# Two tasks are killed while they write.
job=$(submit --parsable)
for task in 1 2; do
    within 60 test -s "$dir/parts/part-$task-of-4.jsonl.new"
    scancel --full --signal=KILL "${job}_$task"
done
over() { ! squeue -h -j "$job" 2> /dev/null | grep -q .; }
check "the array ends" within 120 over
check "a killed task leaves no part under its name" test "$(ls "$dir"/parts/part-*-of-4.jsonl 2> /dev/null | wc -l)" -lt 4
check "the others did their parts" test "$(ls "$dir"/parts/part-*-of-4.jsonl 2> /dev/null | wc -l)" -ge 2

# The same line again.
check "submitted again, it ends well" timeout 120 bash -c "$(declare -f submit); dir=$dir submit --wait"
check "four parts" test "$(ls "$dir"/parts/part-*-of-4.jsonl | wc -l)" -eq 4
check "the parts are what one run writes" cmp "$dir/one" <(sort "$dir"/parts/part-*-of-4.jsonl)
check "what could not be read is named in a task's log" grep -q 'z.jsonl.*not JSON' "$dir"/log-1 "$dir"/log-2 "$dir"/log-3 "$dir"/log-4
"$RAPPORTEUR" add --quiet -d "$dir/slurm.ledger" "$dir"/parts/part-*-of-4.jsonl 2> /dev/null
"$RAPPORTEUR" add --quiet -d "$dir/one.ledger" "$dir/corpus" 2> /dev/null
for ledger in slurm one; do "$RAPPORTEUR" ask -d "$dir/$ledger.ledger" documents --json > /dev/null; python3 tests/ledger_content.py "$dir/$ledger.ledger" > "$dir/$ledger.content"; done
check "the ledger of the parts is that of one run" cmp "$dir/one.content" "$dir/slurm.content"
[ "$failed" -eq 0 ] || tail -n 3 "$dir"/slurmctld.log "$dir"/slurmd.log "$dir"/log-*
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]

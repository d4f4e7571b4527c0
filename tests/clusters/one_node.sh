# To be sourced: a Slurm of one node for a test, from Debian's slurmctld, slurmd and slurm-client, without munge, database
# and control groups. Needs $place, a directory; `start_slurm` sets SLURM_CONF, `stop_slurm` ends the daemons.

has_slurm() {
  local program
  for program in slurmctld slurmd sbatch scontrol squeue scancel; do
    command -v $program > /dev/null || { echo "SKIPPED: $program is not installed (packages slurmctld slurmd slurm-client)"; return 1; }
  done
}

free_port() {
  local port
  while port=$((20000 + RANDOM % 10000)); do
    (: < /dev/tcp/127.0.0.1/$port) 2> /dev/null || { echo $port; return; }
  done
}

write_slurm_conf() {
  local host user
  host=$(hostname -s) user=$(id -un)
  cat > "$place/slurm.conf" << END
ClusterName=one
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmdPort=$(free_port)
SlurmUser=$user
SlurmdUser=$user
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool
SlurmctldPidFile=$place/slurmctld.pid
SlurmdPidFile=$place/slurmd.pid
AuthType=auth/none
CredType=cred/none
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
NodeName=$host NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
}

start_slurm() {
  mkdir -p "$place/state" "$place/spool"
  write_slurm_conf
  export SLURM_CONF=$place/slurm.conf
  slurmctld -D -c > "$place/slurmctld.log" 2>&1 & controller=$!
  slurmd -D -c > "$place/slurmd.log" 2>&1 & node=$!
  local tries
  for tries in $(seq 60); do
    [ "$(sinfo -h -o %t 2> /dev/null)" = idle ] && return
    sleep 0.5
  done
  echo "the node does not become idle"; tail "$place"/slurm*.log; return 1
}

stop_slurm() {
  [ -z "${controller:-}" ] && return
  scancel --quiet --user="$(id -un)" 2> /dev/null || true
  kill "$node" "$controller" 2> /dev/null || true
  wait "$node" "$controller" 2> /dev/null || true
}

"""The demo institution: invented people and reports, loaded through the same deeds as everything else."""

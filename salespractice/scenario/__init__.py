"""What a trainer writes: the scenario format, its reader, and the packs that hold scenarios and their sound."""

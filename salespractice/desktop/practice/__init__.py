"""Where one practises: the scenarios, the brief, the conversation."""

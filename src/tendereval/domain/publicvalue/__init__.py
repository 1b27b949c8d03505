"""Public value: what each tool looks at and how it reckons; changes no mark and no rank."""

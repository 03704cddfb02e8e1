"""What ``yanapay demo`` fills an installation with: 98 real organisations and one fictitious centre."""

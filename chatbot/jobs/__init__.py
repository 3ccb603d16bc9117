"""What runs beside the answers: index runs in the background, their schedule, and housekeeping."""

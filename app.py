"""Start the page: ``python app.py``."""

from assistant.cli import app

if __name__ == "__main__":
    app(["serve"], prog_name="assistant")

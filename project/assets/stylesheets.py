"""The styles of our own pages, in the order in which they hold."""

STYLES = (
    "css/tokens.css",
    "css/base.css",
    "css/faces.css",
    "css/layout.css",
    "css/sidebar.css",
    "css/timeline.css",
    "css/prose.css",
    "css/composer.css",
    "css/people.css",
    "css/dialogs.css",
    "css/search.css",
    "css/forms.css",
    "css/banners.css",
    "css/pages.css",
    "css/moderation.css",
    "css/print.css",
)

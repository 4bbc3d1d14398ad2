from leadhub.queries.notifications.bell import NotificationRow, count_unread, list_notifications

__all__ = ["NotificationRow", "count_unread", "list_notifications"]

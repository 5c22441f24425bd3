from django.apps import AppConfig


class ForumConfig(AppConfig):
    name = "forum"
    verbose_name = "Forum"

    def ready(self) -> None:
        """The one place where features introduce themselves to the rooms below them."""
        from forum.communities import streams as communities
        from forum.methods import streams as methods
        from forum.moderation.decisions import registering as decisions
        from forum.moderation.desk import streams as desk
        from forum.moderation.factors import notices as factors
        from forum.moderation.flagging import registering as flagging
        from forum.moderation.prevention import judging as prevention
        from forum.moderation.reports import registering as reports
        from forum.moderation.rulebook import registering as rulebook
        from forum.plans import streams as plans
        from forum.threads import streams as threads
        from forum.threads.holding import notices as holding
        from forum.threads.managing import registering as managing
        from forum.threads.moving import registering as moving

        communities.register()
        factors.register()
        methods.register()
        plans.register()
        reports.register()
        threads.register()
        holding.register()
        prevention.register()
        flagging.register()
        rulebook.register()
        managing.register()
        decisions.register()
        moving.register()
        desk.register()

namespace Overmind.WebConsole.Layout;

/// <summary>The console's own line icons.</summary>
static class Icons
{
    static readonly Dictionary<string, string> Paths = new()
    {
        ["conversations"] = """<path d="M5 5h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-8l-5 4v-4H5a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2Z"/>""",
        ["runs"] = """<path d="M3 12h4l3-8 4 16 3-8h4"/>""",
        ["agents"] = """<circle cx="9" cy="8" r="3.5"/><path d="M3 20c0-3.6 2.6-6 6-6s6 2.4 6 6M16 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.4c2.1.8 3.5 2.8 3.5 5.6"/>""",
        ["workflows"] = """<rect x="3" y="4" width="7" height="6" rx="1.5"/><rect x="14" y="14" width="7" height="6" rx="1.5"/><path d="M10 7h4a3 3 0 0 1 3 3v4"/>""",
        ["compare"] = """<path d="M12 4v16M8 8H4v8h4M16 8h4v8h-4"/>""",
        ["retry"] = """<path d="M4 5v5h5M4.6 10a8 8 0 1 1-.4 4.5"/>""",
        ["star"] = """<path d="m12 3.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8L12 16.9l-5.2 2.7 1-5.8-4.2-4.1 5.8-.8Z"/>""",
        ["up"] = """<path d="m6 14.5 6-6 6 6"/>""",
        ["down"] = """<path d="m6 9.5 6 6 6-6"/>""",
        ["drag"] = """<path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" stroke-width="3"/>""",
        ["models"] = """<path d="m12 3 8 4.5v9L12 21l-8-4.5v-9L12 3ZM4 7.5l8 4.5 8-4.5M12 12v9"/>""",
        ["playground"] = """<path d="M9 3h6M10 3v6.5L4.8 18a2 2 0 0 0 1.7 3h11a2 2 0 0 0 1.7-3L14 9.5V3M7.5 15h9"/>""",
        ["search"] = """<circle cx="11" cy="11" r="6.5"/><path d="m20 20-4.2-4.2"/>""",
        ["plus"] = """<path d="M12 5v14M5 12h14"/>""",
        ["more"] = """<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>""",
        ["menu"] = """<path d="M4 7h16M4 12h16M4 17h16"/>""",
        ["close"] = """<path d="m6 6 12 12M18 6 6 18"/>""",
        ["stop"] = """<rect x="6.5" y="6.5" width="11" height="11" rx="2" fill="currentColor"/>""",
        ["send"] = """<path d="M12 19V5M6 11l6-6 6 6"/>""",
        ["mail"] = """<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3.5 7.5 8.5 6 8.5-6"/>""",
        ["check"] = """<path d="m5 12.5 4.5 4.5L19 7.5"/>""",
        ["circle"] = """<circle cx="12" cy="12" r="6.5"/>""",
        ["copy"] = """<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15H4V5a1 1 0 0 1 1-1h10v1"/>""",
        ["previous"] = """<path d="m14.5 6-6 6 6 6"/>""",
        ["next"] = """<path d="m9.5 6 6 6-6 6"/>""",
        ["system"] = """<rect x="3" y="5" width="18" height="12" rx="2"/><path d="M9 21h6M12 17v4"/>""",
        ["light"] = """<circle cx="12" cy="12" r="4"/><path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1"/>""",
        ["dark"] = """<path d="M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5Z"/>""",
        ["keyboard"] = """<rect x="3" y="6" width="18" height="12" rx="2"/><path d="M7 10h.01M11 10h.01M15 10h.01M17.5 10h.01M7 14h10"/>""",
        ["leave"] = """<path d="M10 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h4M15 8l4 4-4 4M19 12H9"/>""",
        ["warning"] = """<path d="M12 4 2.8 19.5h18.4L12 4ZM12 10v4M12 17h.01"/>""",
        ["audit"] = """<path d="M8 4h8v3H8zM16 5.5h2a1 1 0 0 1 1 1V20a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1h2M8.5 13.5l2.5 2.5 4.5-4.5"/>""",
        ["organization"] = """<path d="M4 21V5a1 1 0 0 1 1-1h8a1 1 0 0 1 1 1v16M14 10h5a1 1 0 0 1 1 1v10M2.5 21h19M8 8h2M8 12h2M8 16h2"/>""",
        ["usage"] = """<path d="M5 20V11M10 20V5M15 20v-6M20 20V8"/>""",
        ["budgets"] = """<path d="M4 17a8 8 0 1 1 16 0"/><path d="M12 17l4-6"/>""",
        ["download"] = """<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>""",
        ["lock"] = """<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>""",
        ["key"] = """<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.5M15.5 8l3 3M18.5 5l2 2"/>""",
        ["rename"] = """<path d="M4 20h4L19.5 8.5a2.1 2.1 0 0 0-4-4L4 16v4ZM13.5 6.5l4 4"/>""",
        ["delete"] = """<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>""",
        ["jobs"] = """<rect x="4" y="4" width="16" height="4.5" rx="1.5"/><rect x="4" y="11" width="16" height="4.5" rx="1.5"/><path d="M6 19.5h12"/>""",
        ["schedules"] = """<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3.5 2"/>""",
        ["workers"] = """<rect x="4" y="5" width="16" height="6" rx="1.5"/><rect x="4" y="13" width="16" height="6" rx="1.5"/><path d="M8 8h.01M8 16h.01" stroke-width="2.5"/>""",
        ["webhooks"] = """<path d="M9.5 14.5 14.5 9.5M10.5 7.5l1-1a4.6 4.6 0 0 1 6.5 6.5l-1 1M13.5 16.5l-1 1A4.6 4.6 0 0 1 6 11l1-1"/>""",
        ["play"] = """<path d="M8 5.5v13l10.5-6.5L8 5.5Z"/>""",
        ["pause"] = """<path d="M8.5 5.5v13M15.5 5.5v13"/>""",
        ["settings"] = """<path d="M4 7h10M18 7h2M4 17h2M10 17h10"/><circle cx="16" cy="7" r="2"/><circle cx="8" cy="17" r="2"/>""",
    };

    /// <summary>The shapes of an icon.</summary>
    public static string Path(string name) => Paths[name];
}

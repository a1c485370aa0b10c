using Microsoft.AspNetCore.Components;

namespace Overmind.WebConsole.Editing;

/// <summary>Events of the browser that pages hear beside the usual ones.</summary>
[EventHandler("onsettled", typeof(EventArgs), enableStopPropagation: true, enablePreventDefault: true)]
public static class EventHandlers;

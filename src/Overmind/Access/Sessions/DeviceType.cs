using System.Text.Json.Serialization;

namespace Overmind.Access.Sessions;

/// <summary>What is signed in.</summary>
[JsonConverter(typeof(LowerSnakeEnum<DeviceType>))]
public enum DeviceType
{
    /// <summary>A browser, by the console's cookie.</summary>
    Web,

    /// <summary>A program, by access and refresh tokens.</summary>
    Api,
}

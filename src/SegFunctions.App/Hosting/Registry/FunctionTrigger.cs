using Microsoft.AspNetCore.Routing.Patterns;
using SegFunctions.App.Hosting.Declaration;

namespace SegFunctions.App.Hosting.Registry;

/// <summary>The declared start of a function; a closed set.</summary>
/// <param name="Binding">The parameter's name, which is the binding's name in function.json and in what the Functions host sends.</param>
public abstract record FunctionTrigger(string Binding);

/// <param name="Route">Below the prefix, without a leading slash.</param>
/// <param name="Methods">Upper case.</param>
public sealed record HttpFunctionTrigger(
    string Binding, AuthorizationLevel Level, IReadOnlyList<string> Methods, string Route, RoutePattern Pattern)
    : FunctionTrigger(Binding)
{
    /// <summary>Name of the answer's binding in function.json, which must not be the request's.</summary>
    internal string OutputBinding => Binding.Equals("res", StringComparison.OrdinalIgnoreCase) ? "answer" : "res";
}

/// <param name="QueueName">With its <c>%SETTING%</c>.</param>
/// <param name="IsText">The parameter is a string: the host sends text, not base64.</param>
public sealed record QueueFunctionTrigger(string Binding, string QueueName, string? Connection, bool IsText)
    : FunctionTrigger(Binding);

/// <param name="Schedule">With its <c>%SETTING%</c>.</param>
public sealed record TimerFunctionTrigger(string Binding, string Schedule, bool RunOnStartup) : FunctionTrigger(Binding);

/// <param name="QueueName">The queue, or null for a subscription of a topic.</param>
/// <param name="IsText">The parameter is a string: the host sends text, not base64.</param>
public sealed record ServiceBusFunctionTrigger(
    string Binding,
    string? QueueName,
    string? TopicName,
    string? SubscriptionName,
    string? Connection,
    bool IsSessionsEnabled,
    bool IsText)
    : FunctionTrigger(Binding);

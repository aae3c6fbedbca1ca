namespace SegFunctions.App.Hosting.Declaration;

/// <summary>Runs the function for HTTP requests; on a parameter of type <c>HttpRequest</c>, in a method returning <c>Task&lt;IResult&gt;</c>.</summary>
/// <param name="level">Which key the caller has to show.</param>
/// <param name="methods">HTTP methods in any case; at least one.</param>
public sealed class HttpTriggerAttribute(AuthorizationLevel level, params string[] methods) : TriggerAttribute
{
    public AuthorizationLevel Level { get; } = level;

    public IReadOnlyList<string> Methods { get; } = methods;

    /// <summary>Route below the <c>api</c> prefix, as in <c>v1/customers/{id}/memberships</c>; the function's name when absent.</summary>
    public string? Route { get; init; }
}

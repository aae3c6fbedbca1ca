using System.Text;
using Microsoft.AspNetCore.Routing.Patterns;

namespace SegFunctions.App.Hosting.Registry;

/// <summary>Rules for the routes of HTTP functions.</summary>
internal static class FunctionRoute
{
    /// <summary>Parses a route and adds what is wrong with it to <paramref name="faults"/>; null then.</summary>
    public static RoutePattern? Parse(string route, string place, List<string> faults)
    {
        if (route.Length == 0 || route[0] == '/' || route[^1] == '/')
        {
            faults.Add($"{place}: the route '{route}' is empty or begins or ends with a slash; write it as 'v1/things/{{id}}'.");
            return null;
        }

        var first = route.Split('/')[0];
        if (first.Equals("admin", StringComparison.OrdinalIgnoreCase) || first.Equals("runtime", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add($"{place}: the route '{route}' begins with '{first}', which the Functions host keeps for itself.");
            return null;
        }

        try
        {
            return RoutePatternFactory.Parse(route);
        }
        catch (RoutePatternException exception)
        {
            faults.Add($"{place}: the route '{route}' cannot be read: {exception.Message}");
            return null;
        }
    }

    /// <summary>The route as OpenAPI writes it: parameters by name alone, without constraints.</summary>
    public static string Plain(RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(segment =>
        string.Concat(segment.Parts.Select(part => part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart parameter => $"{{{parameter.Name}}}",
            _ => "",
        }))));

    /// <summary>The route with its parameters' names removed: two routes of one shape match the same addresses.</summary>
    public static string Shape(RoutePattern pattern)
    {
        var shape = new StringBuilder();
        foreach (var segment in pattern.PathSegments)
        {
            shape.Append('/');
            foreach (var part in segment.Parts)
            {
                switch (part)
                {
                    case RoutePatternLiteralPart literal:
                        shape.Append(literal.Content);
                        break;
                    case RoutePatternSeparatorPart separator:
                        shape.Append(separator.Content);
                        break;
                    case RoutePatternParameterPart parameter:
                        shape.Append('{').Append(parameter.IsCatchAll ? "*" : "").AppendJoin(':', parameter.ParameterPolicies.Select(policy => policy.Content)).Append('}');
                        break;
                }
            }
        }

        return shape.ToString();
    }
}

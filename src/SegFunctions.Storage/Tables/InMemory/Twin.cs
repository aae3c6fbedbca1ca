using Azure;
using SegFunctions.Storage.Tables.Filters;

namespace SegFunctions.Storage.Tables.InMemory;

/// <summary>What the twins' methods have in common.</summary>
internal static class Twin
{
    /// <summary>A finished task with the answer, or with what kept it from being given, as an asynchronous method would have it.</summary>
    public static Task<T> Answer<T>(CancellationToken cancellationToken, Func<T> answer)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        try
        {
            return Task.FromResult(answer());
        }
        catch (Exception failure)
        {
            return Task.FromException<T>(failure);
        }
    }

    /// <exception cref="RequestFailedException">400: the filter is malformed.</exception>
    public static FilterExpression? Parse(string? filter)
    {
        if (string.IsNullOrWhiteSpace(filter))
            return null;
        try
        {
            return FilterParser.Parse(filter);
        }
        catch (FormatException fault)
        {
            throw TableFault.InvalidFilter(fault);
        }
    }
}

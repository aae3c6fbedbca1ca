using Azure.Core;

namespace SegFunctions.Storage.Tables;

/// <summary>Retries, transport, policies and diagnostics of table clients, as for every client on Azure.Core.</summary>
/// <remarks>
/// By default a request that finds the service busy or unreachable (408, 429, 500, 502, 503, 504, network faults) is repeated
/// three times with exponential back-off. A write whose answer was lost may thus run twice: its repetition is then answered
/// 409, 412 or, for a deletion, 404. The client passes that answer on; only the caller can tell it from a lost race, by
/// reading the row back.
/// </remarks>
public sealed class TableClientOptions : ClientOptions
{
    public TableClientOptions()
    {
        // Names of headers and parameters that carry no data; everything else is redacted in logs.
        foreach (var header in new[] { "x-ms-version", "DataServiceVersion", "Prefer", "If-Match", "ETag" })
            Diagnostics.LoggedHeaderNames.Add(header);
        foreach (var parameter in new[] { "$select", "$top" })
            Diagnostics.LoggedQueryParameters.Add(parameter);
    }

    /// <summary>The clock that dates signed requests; the service refuses dates more than 15 minutes off.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}

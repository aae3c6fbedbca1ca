using Azure;

namespace SegFunctions.Storage.Tables.InMemory;

/// <summary>The service's answers to requests that cannot be done, as exceptions.</summary>
internal static class TableFault
{
    public static RequestFailedException TableNotFound() =>
        new(404, "The table specified does not exist.", TableErrorCode.TableNotFound, innerException: null);

    public static RequestFailedException TableExists() =>
        new(409, "The table specified already exists.", TableErrorCode.TableAlreadyExists, innerException: null);

    public static RequestFailedException RowNotFound() =>
        new(404, "The specified resource does not exist.", TableErrorCode.ResourceNotFound, innerException: null);

    public static RequestFailedException RowExists() =>
        new(409, "The specified entity already exists.", TableErrorCode.EntityAlreadyExists, innerException: null);

    public static RequestFailedException ConditionNotMet() => new(
        412, "The update condition specified in the request was not satisfied.", TableErrorCode.UpdateConditionNotSatisfied,
        innerException: null);

    public static RequestFailedException TooManyProperties() => new(
        400, $"The entity contains more properties than allowed: {TableRules.MaxProperties}.", TableErrorCode.TooManyProperties,
        innerException: null);

    public static RequestFailedException TooLarge() =>
        new(400, "The entity is larger than the maximum allowed size (1MB).", TableErrorCode.EntityTooLarge, innerException: null);

    public static RequestFailedException InvalidFilter(FormatException fault) => new(
        400, $"The query condition specified in the request is invalid. {fault.Message}", TableErrorCode.InvalidInput, fault);

    public static TableTransactionFailedException InTransaction(RequestFailedException failure, int index) =>
        new(new RequestFailedException(failure.Status, $"{index}:{failure.Message}", failure.ErrorCode, failure), index);
}

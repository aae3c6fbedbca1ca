namespace SegFunctions.Storage.Tables;

/// <summary>Values of <see cref="Azure.RequestFailedException.ErrorCode"/> that the table service answers with.</summary>
public static class TableErrorCode
{
    public const string AuthenticationFailed = "AuthenticationFailed";
    public const string AuthorizationFailure = "AuthorizationFailure";
    public const string AuthorizationPermissionMismatch = "AuthorizationPermissionMismatch";
    public const string EntityAlreadyExists = "EntityAlreadyExists";
    public const string EntityTooLarge = "EntityTooLarge";
    public const string InvalidDuplicateRow = "InvalidDuplicateRow";
    public const string InvalidInput = "InvalidInput";
    public const string OperationTimedOut = "OperationTimedOut";
    public const string PropertyValueTooLarge = "PropertyValueTooLarge";
    public const string RequestBodyTooLarge = "RequestBodyTooLarge";
    public const string ResourceNotFound = "ResourceNotFound";
    public const string TableAlreadyExists = "TableAlreadyExists";
    public const string TableBeingDeleted = "TableBeingDeleted";
    public const string TableNotFound = "TableNotFound";
    public const string TooManyProperties = "TooManyProperties";
    public const string UpdateConditionNotSatisfied = "UpdateConditionNotSatisfied";
}

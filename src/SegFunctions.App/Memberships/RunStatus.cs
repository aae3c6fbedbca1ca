namespace SegFunctions.App.Memberships;

/// <summary>Where a run stands.</summary>
internal enum RunStatus
{
    Running,
    Completed,
    Failed,
    Terminated,
}

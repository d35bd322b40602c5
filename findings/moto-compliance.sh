#!/usr/bin/env bash
# moto 5.2.5 lets the retention of an object under COMPLIANCE be shortened; Amazon documents that nobody can.
#
# Expected: AccessDenied, as S3's documentation of Object Lock says.
# Seen:     the retention is a day where it was a year.
# Caller:   tests against moto prove nothing about retention that must not be shortened; try that on a real store.
. "$(dirname "$0")/lib.sh"
pip_packages 'moto[s3]==5.2.5' boto3
observe python - <<'PYTHON'
import os
from datetime import UTC, datetime, timedelta
import boto3
from moto import mock_aws

os.environ |= {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_DEFAULT_REGION": "eu-west-2"}
now = datetime.now(UTC)
with mock_aws():
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="evidence", ObjectLockEnabledForBucket=True,
                     CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    s3.put_object(Bucket="evidence", Key="a", Body=b"a", ObjectLockMode="COMPLIANCE",
                  ObjectLockRetainUntilDate=now + timedelta(days=365))
    s3.put_object_retention(Bucket="evidence", Key="a",
                            Retention={"Mode": "COMPLIANCE", "RetainUntilDate": now + timedelta(days=1)})
    until = s3.head_object(Bucket="evidence", Key="a")["ObjectLockRetainUntilDate"]
    print("retained for", round((until - now).total_seconds() / 86400), "day")
PYTHON
seen <<'SEEN'
retained for 1 day
SEEN

#!/usr/bin/env bash
# moto 5.2.5 keeps an object whose checksum is wrong; Amazon documents that S3 refuses it.
#
# Expected: put_object with the SHA-256 or the MD5 of other bytes fails with BadDigest, as the documentation of PutObject says
#           (Content-MD5, x-amz-checksum-sha256).
# Seen:     both are stored, and head_object tells no checksum. A bucket called Bad_Name is made, and one with Object Lock
#           lets its versioning be suspended, which the documentation rules out as well.
# Caller:   that evidence which was damaged on its way is refused cannot be shown with moto; check against real storage, or
#           make the test's own server refuse.
. "$(dirname "$0")/lib.sh"
pip_packages "moto[s3]==5.2.5" boto3==1.44.5
observe env AWS_ACCESS_KEY_ID=x AWS_SECRET_ACCESS_KEY=x AWS_DEFAULT_REGION=eu-west-2 python - <<'PYTHON'
import base64
import hashlib
import boto3
from moto import mock_aws

HERE = {"LocationConstraint": "eu-west-2"}
with mock_aws():
    s3 = boto3.client("s3")
    s3.create_bucket(Bucket="evidence", CreateBucketConfiguration=HERE, ObjectLockEnabledForBucket=True)
    for header, of in {"ChecksumSHA256": hashlib.sha256, "ContentMD5": hashlib.md5}.items():
        other = base64.b64encode(of(b"other bytes").digest()).decode()
        s3.put_object(Bucket="evidence", Key=header, Body=b"these bytes", **{header: other})
        told = s3.head_object(Bucket="evidence", Key=header, ChecksumMode="ENABLED")
        print(header, "stored:", s3.get_object(Bucket="evidence", Key=header)["Body"].read(), told.get(header))
    print(s3.create_bucket(Bucket="Bad_Name", CreateBucketConfiguration=HERE)["Location"])
    s3.put_bucket_versioning(Bucket="evidence", VersioningConfiguration={"Status": "Suspended"})
    print("versioning of the bucket with Object Lock:", s3.get_bucket_versioning(Bucket="evidence")["Status"])
PYTHON
seen <<'SEEN'
ChecksumSHA256 stored: b'these bytes' None
ContentMD5 stored: b'these bytes' None
/Bad_Name
versioning of the bucket with Object Lock: Suspended
SEEN
